//! One set of HTML pieces. A piece takes words already said and gives markup; it knows no slice.
use crate::{form::Problems, text::Lang};
use maud::{Markup, Render, html};

/// An icon of the sprite. Decoration only: the words stand beside it.
pub fn icon(name: &str) -> Markup {
    html! { svg.i aria-hidden="true" { use href={ "/assets/icons.svg#" (name) } {} } }
}

/// How a coloured label is meant. Colour never stands alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    Plain,
    Ok,
    Warn,
    Bad,
    Info,
}

impl Tone {
    fn class(self) -> &'static str {
        match self {
            Self::Plain => "tag",
            Self::Ok => "tag ok",
            Self::Warn => "tag warn",
            Self::Bad => "tag bad",
            Self::Info => "tag info",
        }
    }
}

/// A label.
pub fn tag(tone: Tone, words: impl Render) -> Markup {
    html! { span class=(tone.class()) { (words) } }
}

/// A link that looks like a button.
pub fn link_button(href: &str, icon_name: &str, words: impl Render, primary: bool) -> Markup {
    html! { a.btn.primary[primary] href=(href) { (icon(icon_name)) (words) } }
}

/// The head of a page: its one `h1`, a line below it, and what can be done.
pub fn head(title: &str, below: impl Render, actions: impl Render) -> Markup {
    html! {
        div.head {
            div { h1 tabindex="-1" { (title) } (below) }
            div.row.acts { (actions) }
        }
    }
}

/// A panel with a heading.
pub fn panel(title: &str, more: impl Render, body: impl Render) -> Markup {
    html! { section.panel { header { h2 { (title) } (more) } (body) } }
}

/// What cannot be taken back: shut until it is asked for, and told before the form that does it. Needs no script.
pub fn irrevocable(title: &str, about: &str, form: impl Render) -> Markup {
    html! { section.panel { details { summary { (title) } p { (about) } div.mt { (form) } } } }
}

/// Tabs by URL. Each is (address, words, count, current).
pub fn tabs(label: &str, tabs: &[(String, String, Option<i64>, bool)]) -> Markup {
    html! {
        nav.tabs aria-label=(label) {
            @for (href, words, count, current) in tabs {
                a href=(href) aria-current=[current.then_some("page")] {
                    (words) @if let Some(n) = count { " " span.n { (n) } }
                }
            }
        }
    }
}

/// The way to this page: links, then the page itself.
pub fn crumbs(label: &str, links: &[(String, String)], here: &str) -> Markup {
    html! {
        nav aria-label=(label) {
            ol.crumbs {
                @for (href, words) in links { li { a href=(href) { (words) } } }
                li aria-current="page" { (here) }
            }
        }
    }
}

/// Names and values of a record; empty ones are left out.
pub fn facts(rows: &[(&str, Option<Markup>)]) -> Markup {
    html! {
        dl.facts {
            @for (name, value) in rows {
                @if let Some(value) = value { dt { (name) } dd { (value) } }
            }
        }
    }
}

/// Nothing here yet: says so, and offers the first step.
pub fn empty(icon_name: &str, words: &str, action: impl Render) -> Markup {
    html! { div.empty { (icon(icon_name)) p { (words) } (action) } }
}

/// A word about what has happened or stands in the way.
pub fn alert(tone: Tone, words: impl Render) -> Markup {
    let (class, name, role) = match tone {
        Tone::Ok => ("alert ok", "check", "status"),
        Tone::Warn => ("alert warn", "triangle-alert", "status"),
        Tone::Bad => ("alert bad", "triangle-alert", "alert"),
        Tone::Info | Tone::Plain => ("alert info", "info", "status"),
    };
    html! { div class=(class) role=(role) { (icon(name)) div { (words) } } }
}

/// A table that scrolls sideways where it must, and is reachable by keyboard then.
pub fn scroll(label: &str, table: impl Render) -> Markup {
    html! { div.scroll-x tabindex="0" role="group" aria-label=(label) { (table) } }
}

/// The hidden idempotency key of every form that changes something.
pub fn key_field(key: &str) -> Markup {
    html! { input type="hidden" name="key" value=(key); }
}

/// Draws the fields of one form with what was typed and what is wrong.
pub struct Fields<'a> {
    pub lang: Lang,
    pub problems: &'a Problems,
}

/// The looks of a one-line field.
#[derive(Clone, Copy, Default)]
pub struct Line<'a> {
    /// `text`, `email`, `date`, `tel`, `url`, `password`, `number`…
    pub kind: &'a str,
    pub hint: &'a str,
    pub required: bool,
    pub autocomplete: &'a str,
}

impl Line<'_> {
    pub const TEXT: Line<'static> = Line { kind: "text", hint: "", required: false, autocomplete: "" };
}

impl Fields<'_> {
    /// Every problem with a link to its field, focused after a refusal. Nothing when all is well.
    pub fn summary(&self) -> Markup {
        if self.problems.is_empty() {
            return html! {};
        }
        html! {
            div.summary #summary role="alert" tabindex="-1" autofocus {
                h2 { (self.lang.say("form-summary")) }
                ul { @for (field, message) in self.problems.iter() {
                    // What is wrong with the request as a whole has no field to go to.
                    li { @if field == "body" { (message.say(self.lang)) } @else { a href={ "#f-" (field) } { (message.say(self.lang)) } } }
                } }
            }
        }
    }

    fn frame(&self, name: &str, label: &str, required: bool, hint: &str, control: impl Render) -> Markup {
        html! {
            div.field {
                label for={ "f-" (name) } { (label) @if !required { span.muted { " · " (self.lang.say("form-optional")) } } }
                @if !hint.is_empty() { p.hint id={ "h-" (name) } { (hint) } }
                (control)
                @if let Some(message) = self.problems.at(name) { p.err id={ "e-" (name) } { (message.say(self.lang)) } }
            }
        }
    }

    fn described(&self, name: &str, hint: &str) -> Option<String> {
        let error = self.problems.at(name).map(|_| format!("e-{name}"));
        let hint = (!hint.is_empty()).then(|| format!("h-{name}"));
        let both: Vec<String> = [error, hint].into_iter().flatten().collect();
        (!both.is_empty()).then(|| both.join(" "))
    }

    fn invalid(&self, name: &str) -> Option<&'static str> {
        self.problems.at(name).map(|_| "true")
    }

    /// A one-line field.
    pub fn line(&self, name: &str, label: &str, value: &str, line: Line<'_>) -> Markup {
        let kind = if line.kind.is_empty() { "text" } else { line.kind };
        let input = html! {
            input.in id={ "f-" (name) } name=(name) type=(kind) value=(value) required[line.required]
                autocomplete=[(!line.autocomplete.is_empty()).then_some(line.autocomplete)]
                aria-invalid=[self.invalid(name)] aria-describedby=[self.described(name, line.hint)];
        };
        self.frame(name, label, line.required, line.hint, input)
    }

    /// A field of several lines.
    pub fn text(&self, name: &str, label: &str, value: &str, hint: &str, required: bool) -> Markup {
        let input = html! {
            textarea.in id={ "f-" (name) } name=(name) rows="4" required[required]
                aria-invalid=[self.invalid(name)] aria-describedby=[self.described(name, hint)] { (value) }
        };
        self.frame(name, label, required, hint, input)
    }

    /// One of several; each is (value, words). An empty value first means «none».
    pub fn select(
        &self,
        name: &str,
        label: &str,
        value: &str,
        options: &[(String, String)],
        hint: &str,
        required: bool,
    ) -> Markup {
        let input = html! {
            select.in id={ "f-" (name) } name=(name) required[required]
                aria-invalid=[self.invalid(name)] aria-describedby=[self.described(name, hint)] {
                @for (code, words) in options { option value=(code) selected[code == value] { (words) } }
            }
        };
        self.frame(name, label, required, hint, input)
    }

    /// Any of several.
    pub fn checks(&self, name: &str, legend: &str, chosen: &[String], options: &[(String, String)]) -> Markup {
        html! {
            fieldset.field id={ "f-" (name) } {
                legend { (legend) }
                div.checks { @for (code, words) in options {
                    label.check { input type="checkbox" name=(name) value=(code) checked[chosen.contains(code)]; span { (words) } }
                } }
                @if let Some(message) = self.problems.at(name) { p.err { (message.say(self.lang)) } }
            }
        }
    }

    /// Yes or no.
    pub fn check(&self, name: &str, words: &str, checked: bool) -> Markup {
        html! {
            div.field {
                label.check { input id={ "f-" (name) } type="checkbox" name=(name) value="true" checked[checked]; span { (words) } }
                @if let Some(message) = self.problems.at(name) { p.err { (message.say(self.lang)) } }
            }
        }
    }
}

/// «31–60 из 412» and the way back and forth. Addresses are `None` at the ends.
pub fn pager(lang: Lang, words: &str, back: Option<&str>, forth: Option<&str>) -> Markup {
    html! {
        nav.pager aria-label=(lang.say("list-pages")) {
            span { (words) }
            span.row.end {
                @if let Some(href) = back { a.btn.sm rel="prev" href=(href) { (lang.say("list-back")) } }
                @if let Some(href) = forth { a.btn.sm rel="next" href=(href) { (lang.say("list-forth")) } }
            }
        }
    }
}
