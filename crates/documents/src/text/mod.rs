//! Delimited text: what charset, what delimiter, which records.

mod charset;
mod records;

use crate::budget::Budget;
use crate::model::{Cell, Container, Row, Sheet, TextInfo, Value, Workbook};
use crate::refusal::{Reason, Refusal};

pub(crate) use charset::decode;

const QUOTE: char = '"';

pub(crate) fn read(bytes: &[u8], budget: &Budget) -> Result<Workbook, Refusal> {
    let decoded = decode(bytes)?;
    // Excel writes the delimiter into a first line that it does not show.
    let (declared, text) = records::declared_delimiter(&decoded.text);
    let delimiter = declared.or_else(|| records::guess_delimiter(text));
    let container = match delimiter {
        Some('\t') => Container::Tsv,
        Some(_) => Container::Csv,
        None => Container::Txt,
    };
    let info = TextInfo { charset: decoded.charset, bom: decoded.bom, delimiter, quote: QUOTE };
    let mut sheet = Sheet { name: container.code().to_owned(), ..Sheet::default() };
    for (place, record) in records::Records::new(text, delimiter).enumerate() {
        let number = u32::try_from(place + 1).map_err(|_| Refusal::new(Reason::TooLarge, "records"))?;
        let mut cells = Vec::new();
        for (column, field) in record.iter().enumerate() {
            if field.is_empty() {
                continue;
            }
            budget.cell()?;
            let column = u16::try_from(column).map_err(|_| Refusal::new(Reason::NotATable, "too many columns"))?;
            cells.push(Cell { value: Value::Text(budget.text(field)?), column, formula: false });
        }
        if !cells.is_empty() {
            budget.row()?;
            cells.shrink_to_fit();
            sheet.rows.push(Row { number, hidden: false, cells });
        }
    }
    Ok(Workbook { container, text: Some(info), sheets: vec![sheet] })
}
