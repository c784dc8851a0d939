//! Office Open XML: the workbook, its styles and its shared texts. The sheets are in `sheet`.

mod sheet;

use std::collections::HashMap;
use std::sync::Arc;

use crate::archive::Archive;
use crate::budget::Budget;
use crate::model::{Container, Sheet, Workbook};
use crate::number_format::{Shows, built_in, spelt_out};
use crate::refusal::{Reason, Refusal};
use crate::xml::{Node, attribute, is_set};

/// Cell formats a workbook may have; Excel itself stops at 64,000.
const MAX_FORMATS: usize = 1 << 16;

/// Sheets a workbook may have.
const MAX_SHEETS: usize = 1024;

/// What every sheet needs to know about its workbook.
struct Book<'b> {
    texts: Vec<Arc<str>>,
    formats: Vec<Shows>,
    from_1904: bool,
    budget: &'b Budget,
}

/// One entry of the workbook's list of sheets.
struct Entry {
    name: String,
    hidden: bool,
    relation: String,
}

pub(crate) fn read(archive: &mut Archive<'_>) -> Result<Workbook, Refusal> {
    let refusal = |refusal: Refusal| refusal.within(Some(Container::Xlsx));
    read_workbook(archive).map_err(refusal)
}

fn read_workbook(archive: &mut Archive<'_>) -> Result<Workbook, Refusal> {
    let main = relations(archive, "_rels/.rels", "")?
        .into_values()
        .find(|relation| relation.kind.ends_with("/officeDocument"))
        .map_or_else(|| "xl/workbook.xml".to_owned(), |relation| relation.target);
    let (folder, file) = main.rsplit_once('/').unwrap_or(("", &main));
    let relations_of_main = relations(archive, &format!("{folder}/_rels/{file}.rels"), folder)?;
    let (entries, from_1904) = entries(archive, &main)?;
    let part_of = |kind: &str, usual: &str| {
        let found = relations_of_main.values().find(|relation| relation.kind.ends_with(kind));
        found.map_or_else(|| format!("{folder}/{usual}"), |relation| relation.target.clone())
    };
    let book = Book {
        texts: shared_texts(archive, &part_of("/sharedStrings", "sharedStrings.xml"))?,
        formats: formats(archive, &part_of("/styles", "styles.xml"))?,
        from_1904,
        budget: archive.budget,
    };
    let mut sheets = Vec::new();
    for (index, entry) in entries.into_iter().enumerate() {
        // A chart's sheet has a place among the tabs but no cells.
        let Some(relation) = relations_of_main.get(&entry.relation) else {
            continue;
        };
        let Some(xml) = archive.xml(&relation.target)? else {
            continue;
        };
        let sheet = Sheet { name: entry.name, index, hidden: entry.hidden, ..Sheet::default() };
        sheets.push(sheet::read(xml, &book, sheet)?);
    }
    Ok(Workbook { container: Container::Xlsx, text: None, sheets })
}

/// Where the parts of a workbook lie that are changed when it is filled.
pub(crate) struct Parts {
    /// Name of each sheet and its part, by place among the tabs.
    pub(crate) sheets: Vec<(usize, String, String)>,
    pub(crate) workbook: String,
    pub(crate) relations: String,
    pub(crate) styles: String,
    /// The order of calculation, if the file keeps one.
    pub(crate) chain: Option<String>,
}

pub(crate) fn parts(archive: &mut Archive<'_>) -> Result<Parts, Refusal> {
    let main = relations(archive, "_rels/.rels", "")?
        .into_values()
        .find(|relation| relation.kind.ends_with("/officeDocument"))
        .map_or_else(|| "xl/workbook.xml".to_owned(), |relation| relation.target);
    let (folder, file) = main.rsplit_once('/').unwrap_or(("", &main));
    let list = format!("{folder}/_rels/{file}.rels");
    let known = relations(archive, &list, folder)?;
    let of_kind = |kind: &str| known.values().find(|r| r.kind.ends_with(kind)).map(|r| r.target.clone());
    let (entries, _) = entries(archive, &main)?;
    let sheets = entries.into_iter().enumerate();
    let sheets = sheets.filter_map(|(i, e)| Some((i, e.name, known.get(&e.relation)?.target.clone()))).collect();
    Ok(Parts {
        sheets,
        styles: of_kind("/styles").unwrap_or_else(|| format!("{folder}/styles.xml")),
        chain: of_kind("/calcChain"),
        relations: list,
        workbook: main,
    })
}

struct Relation {
    kind: String,
    target: String,
}

/// The relations of a part by their ids. A missing list is an empty one.
fn relations(archive: &mut Archive<'_>, name: &str, folder: &str) -> Result<HashMap<String, Relation>, Refusal> {
    let mut found = HashMap::new();
    let Some(mut xml) = archive.xml(name)? else {
        return Ok(found);
    };
    loop {
        match xml.next()? {
            Node::Open(tag) if tag.local_name().as_ref() == "Relationship" => {
                let (Some(id), Some(target)) = (attribute(&tag, "Id"), attribute(&tag, "Target")) else {
                    continue;
                };
                let kind = attribute(&tag, "Type").map(String::from).unwrap_or_default();
                found.insert(id.into_owned(), Relation { kind, target: resolve(folder, &target) });
                if found.len() > 4 * MAX_SHEETS {
                    return Err(Refusal::new(Reason::TooLarge, "relations"));
                }
            }
            Node::End => return Ok(found),
            _ => {}
        }
    }
}

/// The name of a part, relative to the folder of the one that refers to it. A path that climbs out of the
/// archive only fails to be found in it.
fn resolve(folder: &str, target: &str) -> String {
    if let Some(absolute) = target.strip_prefix('/') {
        return absolute.to_owned();
    }
    let mut steps: Vec<&str> = folder.split('/').filter(|step| !step.is_empty()).collect();
    for step in target.split('/') {
        match step {
            "" | "." => {}
            ".." => {
                steps.pop();
            }
            _ => steps.push(step),
        }
    }
    steps.join("/")
}

fn entries(archive: &mut Archive<'_>, main: &str) -> Result<(Vec<Entry>, bool), Refusal> {
    let mut entries = Vec::new();
    let mut from_1904 = false;
    let Some(mut xml) = archive.xml(main)? else {
        return Err(Refusal::new(Reason::Corrupted, "no workbook part"));
    };
    loop {
        match xml.next()? {
            Node::Open(tag) if tag.local_name().as_ref() == "sheet" => {
                if entries.len() >= MAX_SHEETS {
                    return Err(Refusal::new(Reason::TooLarge, "sheets"));
                }
                let text = |name| attribute(&tag, name).map(String::from).unwrap_or_default();
                let hidden = matches!(attribute(&tag, "state").as_deref(), Some("hidden" | "veryHidden"));
                entries.push(Entry { name: text("name"), hidden, relation: text("id") });
            }
            Node::Open(tag) if tag.local_name().as_ref() == "workbookPr" => {
                from_1904 = is_set(&tag, "date1904");
            }
            Node::End => return Ok((entries, from_1904)),
            _ => {}
        }
    }
}

fn shared_texts(archive: &mut Archive<'_>, name: &str) -> Result<Vec<Arc<str>>, Refusal> {
    let mut texts = Vec::new();
    let budget = archive.budget;
    let Some(mut xml) = archive.xml(name)? else {
        return Ok(texts);
    };
    let mut text = String::new();
    loop {
        match xml.next()? {
            Node::Open(tag) if tag.local_name().as_ref() == "si" => {
                text.clear();
                sheet::rich_text(&mut xml, &mut text)?;
                // One slot per text, also when the text itself is shared with an equal one.
                budget.cell()?;
                texts.push(budget.text(&sheet::unescape(&text))?);
            }
            Node::End => return Ok(texts),
            _ => {}
        }
    }
}

/// What each cell format shows, in the order by which cells refer to them.
fn formats(archive: &mut Archive<'_>, name: &str) -> Result<Vec<Shows>, Refusal> {
    let mut formats = Vec::new();
    let mut own: HashMap<u32, Shows> = HashMap::new();
    let Some(mut xml) = archive.xml(name)? else {
        return Ok(formats);
    };
    let mut within_cells = false;
    loop {
        match xml.next()? {
            Node::Open(tag) => {
                let number = |name| attribute(&tag, name).and_then(|value| value.parse::<u32>().ok());
                match tag.local_name().as_ref() {
                    "numFmt" => {
                        if let (Some(id), Some(code)) = (number("numFmtId"), attribute(&tag, "formatCode"))
                            && own.len() < MAX_FORMATS
                        {
                            own.insert(id, spelt_out(&code));
                        }
                    }
                    // Only the formats of cells count; cellStyleXfs has entries of the same name.
                    "cellXfs" => within_cells = true,
                    "cellStyleXfs" | "dxfs" | "cellStyles" => within_cells = false,
                    "xf" if within_cells && formats.len() < MAX_FORMATS => {
                        let id = number("numFmtId").unwrap_or(0);
                        formats.push(own.get(&id).copied().unwrap_or_else(|| built_in(id)));
                    }
                    _ => {}
                }
            }
            Node::End => return Ok(formats),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::resolve;

    #[test]
    fn targets_stay_inside_the_archive() {
        assert_eq!(resolve("xl", "worksheets/sheet1.xml"), "xl/worksheets/sheet1.xml");
        assert_eq!(resolve("xl", "/xl/worksheets/sheet1.xml"), "xl/worksheets/sheet1.xml");
        assert_eq!(resolve("xl", "../../../etc/passwd"), "etc/passwd");
    }
}
