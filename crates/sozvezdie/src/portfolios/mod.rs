//! Portfolios: what a child achieved, and what a pedagogue's pupils did, each as a page and as PDF.
//! Nothing is typed for them: they are read from what is kept anyway, and count by the rule of the
//! figures. Nothing is added up to a mark of a child (ADR 18).
//!
//! A child's is seen by whoever answers for the child and by its family, not by an organisation that merely
//! receives it (`domain.md` §6). A pedagogue's by themselves, by those
//! who lead the organisation and by the Centre; a pupil is named there to those alone who see the
//! pupil, and on its paper only with the family's consent to publish.
mod api;
mod model;
mod paper;
mod store;
mod subject;
#[cfg(test)]
mod tests;
mod view;
mod web;

pub use model::{Achievement, Counts, OfChild, OfPedagogue, Period};

use crate::{
    consents::{self, Category},
    learners::{self, How, Scope},
    organisations,
    people::{self, PersonId},
    shell::{Slice, tie},
    staff,
};
use kit::{
    Fault, Visit,
    access::{Permission, Reach},
    db::Tx,
    routes::Routes,
    text::text_key,
};
use std::collections::BTreeSet;

/// Portfolios of children whose records one sees.
pub const SEE: Permission = Permission("portfolios.see");
/// One's own.
pub const OWN: Permission = Permission("portfolios.own");
/// Those of the pedagogues of an organisation.
pub const STAFF: Permission = Permission("portfolios.staff");

/// The way to one's own.
pub const MINE: &str = "/portfolio";

/// The address of a child's.
pub fn url(learner: PersonId) -> String {
    format!("{}/portfolio", learners::url(learner))
}

/// The address of a pedagogue's.
pub fn staff_url(person: PersonId) -> String {
    format!("{}/portfolio", staff::url(person))
}

pub fn slice() -> Slice {
    let routes = Routes::default()
        .get("/portfolio", OWN, web::own)
        .get("/learners/{id}/portfolio", SEE, web::of_child)
        .get("/learners/{id}/portfolio.pdf", SEE, web::child_paper)
        .get("/staff/{id}/portfolio", OWN, web::of_pedagogue)
        .get("/staff/{id}/portfolio.pdf", OWN, web::pedagogue_paper)
        .get("/api/v1/learners/{id}/portfolio", SEE, api::of_child)
        .get("/api/v1/staff/{id}/portfolio", OWN, api::of_pedagogue);
    let tab = tie::Tie {
        of: staff::PERSON,
        code: "portfolio",
        title: text_key("portfolio-title"),
        rank: 40,
        may: |visit, id| visit.viewer.person == Some(id) || visit.viewer.may(STAFF),
        show: |visit, id, _| Box::pin(async move { Ok(view::door(visit, PersonId(id))) }),
    };
    Slice::new("portfolios", routes).tied(tab).keeping(subject::OF_LEARNER).described(api::document())
}

/// A child's portfolio; the look is noted.
///
/// # Errors
/// [`Fault::NotFound`], alike for an unknown child and one out of reach; [`Fault::Unavailable`] when the
/// look cannot be noted.
pub async fn of_child(visit: &Visit, id: PersonId, period: &Period) -> Result<OfChild, Fault> {
    // Who only receives a list of names has none, whatever their role.
    if !learners::sees_whole(visit, id).await? {
        return Err(Fault::NotFound);
    }
    let learner = learners::open(visit, id, How::Elsewhere).await?;
    let organisation = organisations::listed(&visit.net, &[learner.organisation.0]).await?;
    let (rows, is_cut) = store::of_child(&visit.net, id).await?;
    let pending = store::pending(&visit.net, id, period).await?;
    Ok(OfChild {
        organisation: organisation.into_iter().next().map(|o| o.short_name).unwrap_or_default(),
        learner,
        period: *period,
        achievements: period.achievements(rows),
        is_cut,
        pending,
        works: period.works(store::works_of_child(&visit.net, id).await?),
        groups: period.dated(store::groups_of_child(&visit.net, id).await?),
        societies: period.dated(store::societies_of_child(&visit.net, id).await?),
        routes: period.dated(store::routes_of_child(&visit.net, id).await?),
    })
}

/// Whether the viewer may see this pedagogue's portfolio.
async fn may_see(visit: &Visit, person: PersonId) -> Result<bool, Fault> {
    if visit.viewer.person == Some(person.0) {
        return Ok(true);
    }
    let reach = visit.viewer.reach(STAFF);
    let places = staff::places_of(&visit.net, person).await?;
    Ok(reach != Reach::Nowhere && places.iter().any(|(id,)| reach.covers(Some(id.0))))
}

/// A pedagogue's portfolio; the look at each pupil who is named is noted.
///
/// # Errors
/// [`Fault::NotFound`], alike for an unknown person and one out of reach; [`Fault::Unavailable`] when the
/// look cannot be noted.
pub async fn of_pedagogue(visit: &Visit, id: PersonId, period: &Period) -> Result<OfPedagogue, Fault> {
    let found = assemble(visit, id, period).await?;
    let named: BTreeSet<PersonId> = found.achievements.iter().filter(|a| a.name.is_some()).map(|a| a.learner).collect();
    learners::note_read(visit, How::Elsewhere, &named.into_iter().collect::<Vec<_>>()).await?;
    Ok(found)
}

async fn assemble(visit: &Visit, id: PersonId, period: &Period) -> Result<OfPedagogue, Fault> {
    let name = people::find_name(&visit.net, id).await?.ok_or(Fault::NotFound)?;
    if !may_see(visit, id).await? {
        return Err(Fault::NotFound);
    }
    let (rows, is_cut) = store::of_pedagogue(&visit.net, id, &Scope::of(visit).await?).await?;
    Ok(OfPedagogue {
        id,
        name: name.full(),
        posts: store::posts(&visit.net, id, visit.today).await?,
        period: *period,
        achievements: period.achievements(rows),
        is_cut,
        groups: period.dated(store::groups_of_pedagogue(&visit.net, id).await?),
        works: period.works(store::works_of_pedagogue(&visit.net, id).await?),
        methods: store::methods(&visit.net, id).await?,
    })
}

/// The same to leave the program: a pupil is named only where the family agreed that name and results be
/// published, whoever prints it. The export is noted for each who is named.
///
/// # Errors
/// As [`of_pedagogue`].
pub async fn to_print(visit: &Visit, id: PersonId, period: &Period) -> Result<OfPedagogue, Fault> {
    let mut found = assemble(visit, id, period).await?;
    let pupils: BTreeSet<PersonId> = found.achievements.iter().map(|a| a.learner).collect();
    let shown = [Category::Name, Category::Results];
    let agreed: BTreeSet<PersonId> = visit
        .net
        .transact(async |tx: &mut Tx| {
            let mut agreed = BTreeSet::new();
            for pupil in &pupils {
                if consents::may_be_shown(tx, *pupil, &shown, visit.today).await? {
                    agreed.insert(*pupil);
                }
            }
            Ok::<_, Fault>(agreed)
        })
        .await?;
    let agreed: Vec<PersonId> = agreed.into_iter().collect();
    learners::note_export(visit, "portfolio", &agreed).await?;
    let names = store::names(&visit.net, &agreed).await?;
    for a in &mut found.achievements {
        a.name = names.get(&a.learner).cloned();
    }
    Ok(found)
}
