//! Why a file was not read, in codes for programs and in sentences for people.

use crate::model::Container;

/// A file that was not read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}: {detail}", reason.code())]
pub struct Refusal {
    /// Why.
    pub reason: Reason,
    /// What the bytes were taken for, when that was clear.
    pub container: Option<Container>,
    /// Where it went wrong, in English, for the log.
    pub detail: String,
}

/// Why a file is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Reason {
    /// Closed with a password.
    PasswordProtected,
    /// Broken: cut short, or not what its beginning promises.
    Corrupted,
    /// Nothing in it.
    Empty,
    /// More rows, cells or text than one import takes.
    TooLarge,
    /// Small packed, beyond all measure unpacked.
    TooLargeUnpacked,
    /// Declares XML entities inside itself.
    EntityExpansion,
    /// Declares XML entities that lie outside of it.
    ExternalEntity,
    /// Something else than a table: a letter, a picture, a program.
    NotATable,
    /// A table in a format that is not read.
    UnsupportedFormat,
    /// Carries a program of its own.
    Macros,
}

impl Reason {
    /// The code for programs.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::PasswordProtected => "password_protected",
            Self::Corrupted => "corrupted",
            Self::Empty => "empty",
            Self::TooLarge => "too_large",
            Self::TooLargeUnpacked => "too_large_unpacked",
            Self::EntityExpansion => "entity_expansion",
            Self::ExternalEntity => "external_entity",
            Self::NotATable => "not_a_table",
            Self::UnsupportedFormat => "unsupported_format",
            Self::Macros => "macros",
        }
    }
}

impl Refusal {
    pub(crate) fn new(reason: Reason, detail: impl Into<String>) -> Self {
        Self { reason, container: None, detail: detail.into() }
    }

    pub(crate) fn within(mut self, container: Option<Container>) -> Self {
        self.container = self.container.or(container);
        self
    }

    /// What is wrong and how to mend it, in Russian.
    #[must_use]
    pub const fn sentence_ru(&self) -> &'static str {
        match self.reason {
            Reason::PasswordProtected => {
                "Файл закрыт паролем. Откройте его в Excel, снимите пароль (Файл → Сведения → Защита книги) \
                 и загрузите снова."
            }
            Reason::Corrupted => {
                "Файл повреждён или загружен не полностью. Откройте его в Excel или LibreOffice, сохраните \
                 заново как «Книга Excel (.xlsx)» и загрузите снова."
            }
            Reason::Empty => "В файле нет ни одной заполненной ячейки. Проверьте, тот ли файл выбран.",
            Reason::TooLarge => {
                "В файле слишком много строк или ячеек для одной загрузки. Разделите его на несколько файлов, \
                 например по организациям."
            }
            Reason::TooLargeUnpacked => {
                "Файл после распаковки слишком велик: так выглядят файлы, которые портят работу программ. \
                 Скопируйте нужную таблицу в новую книгу и загрузите её."
            }
            Reason::EntityExpansion => {
                "В файле есть объявления XML, которых в обычной таблице не бывает и которые могут навредить. \
                 Скопируйте нужную таблицу в новую книгу и загрузите её."
            }
            Reason::ExternalEntity => {
                "Файл ссылается на данные вне себя, а это небезопасно. Скопируйте нужную таблицу в новую книгу \
                 и загрузите её."
            }
            Reason::NotATable => {
                "Это не таблица. Загрузите файл Excel (.xlsx, .xls), LibreOffice (.ods) или текст с разделителями \
                 (.csv, .tsv)."
            }
            Reason::UnsupportedFormat => {
                "Такой формат таблицы не читается. Откройте файл в Excel или LibreOffice, сохраните как \
                 «Книга Excel (.xlsx)» и загрузите снова."
            }
            Reason::Macros => {
                "В файле есть макросы, то есть программа. Сохраните его как «Книга Excel (.xlsx)» без макросов \
                 и загрузите снова."
            }
        }
    }

    /// What is wrong and how to mend it, in English.
    #[must_use]
    pub const fn sentence_en(&self) -> &'static str {
        match self.reason {
            Reason::PasswordProtected => {
                "The file is closed with a password. Open it in Excel, remove the password (File → Info → Protect \
                 Workbook) and upload it again."
            }
            Reason::Corrupted => {
                "The file is broken or was not uploaded whole. Open it in Excel or LibreOffice, save it anew as \
                 an Excel workbook (.xlsx) and upload it again."
            }
            Reason::Empty => "The file has no filled cell. Check that it is the right one.",
            Reason::TooLarge => {
                "The file has too many rows or cells for one upload. Divide it into several files, for example by \
                 organisation."
            }
            Reason::TooLargeUnpacked => {
                "The file is far too large once unpacked, as files are that are made to do harm. Copy the table \
                 you need into a new workbook and upload that."
            }
            Reason::EntityExpansion => {
                "The file holds XML declarations that no ordinary table has and that may do harm. Copy the table \
                 you need into a new workbook and upload that."
            }
            Reason::ExternalEntity => {
                "The file refers to data outside itself, which is not safe. Copy the table you need into a new \
                 workbook and upload that."
            }
            Reason::NotATable => {
                "This is not a table. Upload an Excel file (.xlsx, .xls), a LibreOffice one (.ods) or delimited \
                 text (.csv, .tsv)."
            }
            Reason::UnsupportedFormat => {
                "This table format is not read. Open the file in Excel or LibreOffice, save it as an Excel \
                 workbook (.xlsx) and upload it again."
            }
            Reason::Macros => {
                "The file holds macros, that is a program. Save it as a plain Excel workbook (.xlsx) and upload \
                 it again."
            }
        }
    }
}
