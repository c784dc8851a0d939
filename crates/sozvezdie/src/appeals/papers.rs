//! The jury's protocol, the protocol of the appeals, and the draft of the department's order on results.
use super::{
    Opened,
    model::{Appeal, AppealState},
};
use crate::{
    events::{self, EventKind},
    judging::{self, Juror, Part},
    learners,
    papers::{InCase, Words},
    results::{self, Award, Protocolled},
};
use documents::paper::{BLANK, Block, Paper, Signature};
use kit::{
    Fault, Lang, Visit,
    text::{text_key, text_prefix},
};

const T: Lang = Lang::Ru;

kit::codes! {
    /// What is printed.
    pub enum Sheet { Protocol = "protocol", Appeals = "appeals", Order = "order" }
}

/// The paper; that children's names leave the program is noted.
///
/// # Errors
/// [`Fault::NotFound`] where there is nothing to print; [`Fault::Unavailable`] when it cannot be noted.
pub async fn write(visit: &Visit, o: &Opened, sheet: Sheet) -> Result<Paper, Fault> {
    let rows = results::protocol(visit, o.stage.id).await?;
    let words = Words::load(&visit.net).await?;
    let jury = judging::jury_of(visit, o.stage.id).await?;
    if rows.is_empty() || (sheet == Sheet::Appeals && o.appeals.is_empty()) {
        return Err(Fault::NotFound);
    }
    let children: Vec<_> = match sheet {
        Sheet::Appeals => o.appeals.iter().map(|a| a.learner).collect(),
        Sheet::Protocol | Sheet::Order => rows.iter().map(|r| r.learner).collect(),
    };
    learners::note_export(visit, "protocol", &children).await?;
    Ok(match sheet {
        Sheet::Protocol => protocol(visit, o, &rows, &jury, &words),
        Sheet::Appeals => appeals(visit, o, &jury, &words),
        Sheet::Order => order(visit, o, &rows, &words),
    })
}

fn say(key: &str) -> String {
    T.say(key).into_owned()
}

/// «Олимпиада. Этап, 24 ноября 2026 г.».
fn event_line(o: &Opened) -> String {
    let days = events::days_of(T, &o.edition, &o.stage);
    let name = format!("{}. {}", o.edition.title, o.stage.title);
    if days.is_empty() { name } else { format!("{name}, {days}") }
}

fn head(visit: &Visit, o: &Opened, kind: &str) -> Paper {
    let kind = say(kind);
    Paper {
        title: format!("{kind}. {}", event_line(o)),
        issuer: vec![o.edition.organiser.clone().unwrap_or_else(|| BLANK.to_owned())],
        kind: kind.to_uppercase(),
        date: T.date(visit.today),
        number: format!("№\u{a0}{BLANK}"),
        body: vec![Block::Flush { text: event_line(o) }],
        ..Paper::default()
    }
}

/// «председателя жюри Ивановой Анны Петровны, членов жюри: …».
fn composition(sentence: &str, jury: &[Juror], words: &Words) -> Option<String> {
    let name = |j: &Juror| words.person(&j.name, InCase::Genitive);
    let of = |part: Part| jury.iter().filter(move |j| j.part == part);
    let mut parts = Vec::new();
    parts.extend(of(Part::Chair).map(|j| T.say_with("protocol-chair", &[("name", name(j).into())]).into_owned()));
    let members: Vec<String> = of(Part::Member).map(name).collect();
    if !members.is_empty() {
        let values = [("count", members.len().into()), ("names", members.join(", ").into())];
        parts.push(T.say_with("protocol-members", &values).into_owned());
    }
    parts.extend(
        of(Part::Secretary).map(|j| T.say_with("protocol-secretary", &[("name", name(j).into())]).into_owned()),
    );
    (!parts.is_empty()).then(|| T.say_with(sentence, &[("names", parts.join(", ").into())]).into_owned())
}

/// A line to sign on for everybody of the jury, or a blank one.
fn signatures(jury: &[Juror]) -> Vec<Signature> {
    if jury.is_empty() {
        return vec![Signature { post: say("judging-part-chair"), name: String::new() }];
    }
    jury.iter()
        .map(|j| Signature {
            post: crate::papers::capital(&T.say(&text_prefix!("judging-part-", j.part.code()))),
            name: short(&j.name),
        })
        .collect()
}

/// «А. П. Иванова» of a name in full.
fn short(name: &str) -> String {
    let mut words = name.split_whitespace();
    let last = words.next().unwrap_or_default();
    let letters: Vec<String> = words.filter_map(|w| w.chars().next()).map(|c| format!("{c}.")).collect();
    [letters.join("\u{a0}"), last.to_owned()].join("\u{a0}").trim().to_owned()
}

fn points(score: Option<f64>) -> String {
    score.map(|s| T.decimal(s)).unwrap_or_default()
}

/// «2», «2–3».
pub fn place(place: Option<i64>, to: Option<i64>) -> String {
    match (place, to) {
        (Some(place), Some(to)) if to > place => format!("{place}–{to}"),
        (Some(place), _) => place.to_string(),
        (None, _) => String::new(),
    }
}

fn outcome(r: &Protocolled) -> String {
    if !r.took_part() {
        return T.say(&text_prefix!("participation-state-", r.state.code())).into_owned();
    }
    let words = results::outcome_words(T, r.award, r.degree, None);
    words.join(", ")
}

/// One table, or one for each class where the classes compete among themselves.
fn tables(o: &Opened, rows: &[Protocolled]) -> Vec<Block> {
    if o.edition.kind != EventKind::Olympiad {
        return vec![table(rows)];
    }
    let of_class = rows.chunk_by(|a, b| a.class == b.class);
    of_class.flat_map(|rows| class_heading(rows).into_iter().chain([table(rows)])).collect()
}

fn class_heading(rows: &[Protocolled]) -> Option<Block> {
    let class = rows.first()?.class?;
    Some(Block::Heading { text: T.say_with("certificate-class", &[("class", class.into())]).into_owned() })
}

fn table(rows: &[Protocolled]) -> Block {
    let keys = ["entry-name", "entry-class", "entry-school", "results-score", "results-place", "figures-row-result"];
    let columns = std::iter::once("№".to_owned()).chain(keys.iter().map(|key| say(key))).collect();
    let rows = (1..)
        .zip(rows)
        .map(|(n, r)| {
            vec![
                i32::to_string(&n),
                r.name.clone(),
                r.class.map(|c| c.to_string()).unwrap_or_default(),
                r.organisation.clone(),
                points(r.score),
                place(r.place, r.place_to),
                outcome(r),
            ]
        })
        .collect();
    Block::Table { columns, rows }
}

/// The ranked table of a stage: preliminary until the last protocol is signed.
fn protocol(visit: &Visit, o: &Opened, rows: &[Protocolled], jury: &[Juror], words: &Words) -> Paper {
    let is_final = o.showing.as_ref().is_some_and(|s| s.closed_at.is_some());
    let mut paper = head(visit, o, if is_final { "protocol-final" } else { "protocol-preliminary" });
    paper.body.extend(composition(text_key("protocol-jury"), jury, words).map(|text| Block::Text { text }));
    if let Some(max) = rows.iter().find_map(|r| r.max_score) {
        paper
            .body
            .push(Block::Text { text: T.say_with("protocol-most", &[("most", T.decimal(max).into())]).into_owned() });
    }
    paper.body.extend(tables(o, rows));
    let decided: Vec<&Appeal> = o.appeals.iter().filter(|a| a.decided_at.is_some()).collect();
    if !decided.is_empty() {
        let upheld = decided.iter().filter(|a| a.state == AppealState::Upheld).count();
        let values = [("count", decided.len().into()), ("upheld", upheld.into())];
        paper.body.push(Block::Text { text: T.say_with("protocol-appeals", &values).into_owned() });
    }
    if let Some(ground) = o.showing.as_ref().and_then(|s| s.ground.clone()) {
        paper.notes.push(ground);
    }
    paper.signatures = signatures(jury);
    paper
}

/// What the commission decided on each appeal.
fn appeals(visit: &Visit, o: &Opened, jury: &[Juror], words: &Words) -> Paper {
    let mut paper = head(visit, o, "protocol-of-appeals");
    paper.body.extend(composition(text_key("protocol-jury-appeals"), jury, words).map(|text| Block::Text { text }));
    let keys = [
        "entry-name",
        "entry-code",
        "appeal-task",
        "appeal-before",
        "appeal-after",
        "appeal-decision",
        "appeal-answer",
    ];
    let columns = std::iter::once("№".to_owned()).chain(keys.iter().map(|key| say(key))).collect();
    let rows = o
        .appeals
        .iter()
        .map(|a| {
            vec![
                a.number.to_string(),
                a.name.clone(),
                a.code.clone().unwrap_or_default(),
                a.task.clone().unwrap_or_default(),
                points(a.score_before),
                points(a.score_after.or(a.score_before.filter(|_| a.state == AppealState::Rejected))),
                T.say(&text_prefix!("appeal-state-", a.state.code())).into_owned(),
                a.answer.clone().unwrap_or_default(),
            ]
        })
        .collect();
    paper.body.push(Block::Table { columns, rows });
    paper.signatures = signatures(jury);
    paper
}

/// The draft of the order on results: a person reads, mends, signs and numbers it.
fn order(visit: &Visit, o: &Opened, rows: &[Protocolled], words: &Words) -> Paper {
    let mut paper = head(visit, o, "order-kind");
    paper.heading = T.say_with("order-heading", &[("event", event_line(o).into())]).into_owned();
    let ground = o.showing.as_ref().and_then(|s| s.ground.clone()).unwrap_or_else(|| BLANK.to_owned());
    let text = |key: &'static str| Block::Text { text: say(key) };
    paper.body = vec![
        Block::Text { text: T.say_with("order-ground", &[("ground", ground.into())]).into_owned() },
        Block::Flush { text: say("order-command") },
        text("order-approve"),
    ];
    let mut number = 2;
    for (key, award) in [("order-winners", Award::Winner), ("order-prize-winners", Award::PrizeWinner)] {
        let of: Vec<&Protocolled> = rows.iter().filter(|r| r.award == Some(award)).collect();
        if of.is_empty() {
            continue;
        }
        let values = [("number", number.into()), ("count", of.len().into())];
        paper.body.push(Block::Text { text: T.say_with(key, &values).into_owned() });
        for r in of {
            let class = r.class.map(|class| T.say_with("certificate-class", &[("class", class.into())]).into_owned());
            let parts = [Some(words.person(&r.name, InCase::Accusative)), class, Some(r.organisation.clone())];
            paper.body.push(Block::Text {
                text: format!("— {};", parts.into_iter().flatten().collect::<Vec<_>>().join(", ")),
            });
        }
        number += 1;
    }
    for key in ["order-diplomas", "order-control"] {
        paper.body.push(Block::Text { text: T.say_with(key, &[("number", number.into())]).into_owned() });
        number += 1;
    }
    paper.signatures = vec![Signature { post: say("order-signer"), name: String::new() }];
    paper
}

#[cfg(test)]
mod tests {
    use super::{place, short};

    #[test]
    fn names_are_shortened_and_places_shared() {
        assert_eq!(short("Иванова Анна Петровна"), "А.\u{a0}П.\u{a0}Иванова");
        assert_eq!(short("Иванова"), "Иванова");
        assert_eq!(
            (place(Some(2), Some(3)), place(Some(1), None), place(None, None)),
            ("2–3".into(), "1".into(), String::new())
        );
    }
}
