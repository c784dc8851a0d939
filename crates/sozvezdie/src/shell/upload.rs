//! How a file is shown and asked for, wherever a record has files.
use kit::{Lang, files, form::Problems, html as piece};
use maud::{Markup, html};

/// `1,4 МБ`, `312 КБ`.
pub fn size(t: Lang, bytes: u64) -> String {
    #[expect(clippy::cast_precision_loss, reason = "a file has 25 MiB at most")]
    let kilobytes = bytes as f64 / 1024.0;
    if kilobytes >= 1000.0 {
        t.say_with("file-megabytes", &[("n", t.decimal(kilobytes / 1024.0).into())]).into_owned()
    } else {
        t.say_with("file-kilobytes", &[("n", t.decimal(kilobytes.ceil()).into())]).into_owned()
    }
}

/// Where one file is dropped or chosen.
pub fn drop_zone(t: Lang, problems: &Problems) -> Markup {
    html! {
        label.drop for="f-file" {
            (piece::icon("upload"))
            span { (t.say("file-drop")) }
            input #f-file type="file" name="file" required data-max=(files::LIMIT) accept=".pdf,.docx,.odt,.xlsx,.xls,.ods,.csv,.txt,.png,.jpg,.jpeg"
                aria-invalid=[problems.at("file").map(|_| "true")] aria-describedby={ "h-file" @if problems.at("file").is_some() { " e-file" } };
            output {}
            span.hint #h-file { (t.say_with("file-hint", &[("limit", (files::LIMIT / 1024 / 1024).into())])) }
            @if let Some(message) = problems.at("file") { span.err #e-file { (message.say(t)) } }
        }
    }
}
