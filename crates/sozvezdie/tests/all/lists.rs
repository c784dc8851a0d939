//! Lists: filters, Russian order, pages without gaps, exports that are what was seen.
use crate::{
    app::{Client, TestApp},
    html, make,
    matrix::Whose,
    table::Record,
};
use kit::{Chance, Clock, Visit, access::Viewer, db::testing::both_engines};
use serde_json::Value;
use sozvezdie::{
    organisations::{Focus, Kind, OrganisationState},
    roles::{self, Role},
    slices::MIGRATIONS,
};

const LIST: &str = "/api/v1/organisations";

/// Adds organisations past the form, as an import does.
async fn add(app: &TestApp, names: impl IntoIterator<Item = (Kind, String)>) {
    let clock = Clock::fixed(crate::app::now());
    let viewer = Viewer::guest(roles::policy);
    let visit = Visit::by_program(app.net(), app.app.db.directory(), viewer, &clock, Chance::seeded(9));
    let mut tx = visit.net.begin().await.unwrap();
    for (kind, name) in names {
        make::organisation(&mut tx, &visit, &make::plain(kind, &name), OrganisationState::Active).await;
    }
    tx.commit().await.unwrap();
}

async fn names(client: &Client, query: &str) -> Vec<String> {
    let answer = client.get(&format!("{LIST}?{query}")).await.expect(200).json();
    let items = answer["items"].as_array().unwrap();
    assert_eq!(answer["total"].as_u64().unwrap() as usize, items.len(), "{query}");
    items.iter().map(|o| o["short_name"].as_str().unwrap().to_owned()).collect()
}

/// Every page of a list, by its cursors.
async fn walk(client: &Client, query: &str) -> Vec<(String, String)> {
    let mut all = Vec::new();
    let mut cursor = String::new();
    loop {
        let page = client.get(&format!("{LIST}?{query}&cursor={cursor}")).await.expect(200).json();
        let text = |v: &Value| v.as_str().unwrap().to_owned();
        all.extend(page["items"].as_array().unwrap().iter().map(|o| (text(&o["short_name"]), text(&o["id"]))));
        match &page["next_cursor"] {
            Value::String(next) => cursor.clone_from(next),
            _ => return all,
        }
        assert!(all.len() < 2000, "it goes round in circles");
    }
}

both_engines! {
    migrations: MIGRATIONS;

    async fn a_filter_leaves_what_it_says(db: Db) {
        let app = TestApp::new(db).await;
        let anon = app.anon();
        assert_eq!(names(&anon, "").await, ["Детский сад № 7", "Журавлёвская СОШ", "Майская гимназия", "Станция юных натуралистов"]);
        assert_eq!(names(&anon, "kind=preschool").await, ["Детский сад № 7"]);
        assert_eq!(names(&anon, &format!("focus={}", Focus::Artistic.code())).await, ["Станция юных натуралистов"]);
        assert_eq!(names(&anon, "kind=general&sort=-name").await, ["Майская гимназия", "Журавлёвская СОШ"]);
        assert_eq!(names(&anon, "q=журавлевская").await, ["Журавлёвская СОШ"], "ё is е, and case is nothing");
        assert_eq!(names(&anon, "q=СОШ журав").await, Vec::<String>::new(), "a part of the name as it stands");
        // A pattern is words, not a wildcard.
        assert_eq!(names(&anon, "q=%25").await.len(), names(&anon, "q=_").await.len());
        assert_eq!(names(&anon, "state=draft").await, Vec::<String>::new());
        let department = app.program("department_specialist").await;
        assert_eq!(names(&department, "state=draft").await, ["ЧЕРНОВАЯ-ПТИЦА-краткое"]);
        for bad in ["kind=lyceum", "focus=x", "state=x", "cursor=x", "cursor=%25%25"] {
            let answer = anon.get(&format!("{LIST}?{bad}")).await.expect(422);
            assert_eq!(answer.header("content-type"), "application/problem+json");
        }
        // To a person's old link an unknown code says nothing.
        app.anon().get("/organisations?kind=lyceum&sort=x").await.expect(200);
    }

    async fn names_stand_in_russian_order(db: Db) {
        let app = TestApp::new(db).await;
        let added = ["Жаворонковская", "Ёлочка", "Ежевичная", "Елань", "ёжик", "Яблонька", "Якорь", "Абрикос", "школа № 10", "Школа № 2", "Elementary", "7 лепестков"];
        add(&app, added.iter().map(|n| (Kind::Additional, (*n).to_owned()))).await;
        let expected = [
            "7 лепестков", "Elementary", "Абрикос", "Ежевичная", "ёжик", "Елань", "Ёлочка", "Жаворонковская",
            "Станция юных натуралистов", "школа № 10", "Школа № 2", "Яблонька", "Якорь",
        ];
        let mut found = names(&app.anon(), "kind=additional").await;
        // Where foreign letters stand among ours is the engine's affair, that ours follow theirs is not.
        assert!(found.iter().position(|n| n == "Elementary").is_some());
        found.retain(|n| n != "Elementary");
        let expected: Vec<_> = expected.into_iter().filter(|n| *n != "Elementary").collect();
        assert_eq!(found, expected);
        let mut backwards = names(&app.anon(), "kind=additional&sort=-name").await;
        backwards.retain(|n| n != "Elementary");
        backwards.reverse();
        assert_eq!(backwards, expected);
    }

    async fn pages_have_no_gaps_and_no_doubles(db: Db) {
        let app = TestApp::new(db).await;
        // Ties, quotes and separators: what a cursor stumbles over.
        let odd = ["Школа", "Школа", "Школа", "О'Нил; DROP", "«Ёлочка» \"А\"", "ёлка %_\\", "  "];
        let many = (0..250).map(|i| (Kind::General, if i % 5 == 0 { odd[i / 5 % 7].to_owned() } else { format!("Школа № {i:03}") }));
        add(&app, many).await;
        let anon = app.anon();
        for sort in ["name", "-name", "-updated"] {
            let whole = walk(&anon, &format!("page_size=200&sort={sort}")).await;
            assert_eq!(whole.len(), 254, "{sort}");
            for size in [100, 7] {
                let walked = walk(&anon, &format!("page_size={size}&sort={sort}")).await;
                assert_eq!(walked, whole, "{sort} by {size}");
            }
            let mut ids: Vec<_> = whole.iter().map(|(_, id)| id).collect();
            ids.sort();
            ids.dedup();
            assert_eq!(ids.len(), 254, "{sort}");
        }
        let first = anon.get(&format!("{LIST}?page_size=100")).await.expect(200).json();
        assert_eq!((first["items"].as_array().unwrap().len(), first["total"].as_u64()), (100, Some(254)));
        for (asked, given) in [("0", 1), ("-5", 1), ("1000", 200), ("", 50)] {
            let page = anon.get(&format!("{LIST}{}{asked}", if asked.is_empty() { "?x=" } else { "?page_size=" })).await.expect(200).json();
            assert_eq!(page["items"].as_array().unwrap().len(), given, "page_size={asked}");
        }
        // The page for people: forward by its own links until there is none.
        let mut seen = 0;
        let mut address = "/organisations?sort=name".to_owned();
        loop {
            let text = anon.get(&address).await.expect(200).text();
            seen += text.matches("row-link").count();
            let Some(next) = text.split("rel=\"next\" href=\"").nth(1).and_then(|t| t.split('"').next()) else { break };
            address = crate::html::unescape(next);
        }
        assert_eq!(seen, 254);
    }

    async fn a_view_is_kept_for_its_maker(db: Db) {
        let app = TestApp::new(db).await;
        let (head, deputy) = (app.as_role(Role::Head).await, app.as_role(Role::DeputyHead).await);
        let save = [("list", "/organisations"), ("query", "kind=preschool"), ("name", "Только сады")];
        head.post("/views", &save).await.expect(303);
        head.post("/views", &save).await.expect(303);
        let page = head.get("/organisations?kind=preschool").await.expect(200).text();
        assert_eq!(page.matches("Только сады").count().min(1), 1);
        assert!(!deputy.get("/organisations?kind=preschool").await.text().contains("Только сады"));
        let removal = page.split("action=\"/views/").nth(1).and_then(|t| t.split('"').next()).expect("a way to drop it");
        deputy.post(&format!("/views/{removal}"), &[]).await.expect(404);
        head.post(&format!("/views/{removal}"), &[]).await.expect(303);
        assert!(!head.get("/organisations").await.text().contains("Только сады"));
        for (list, query) in [("//evil.example", "x"), ("https://evil.example", "x"), ("/account/password", "x")] {
            head.post("/views", &[("list", list), ("query", query), ("name", "Зло")]).await.expect(404);
        }
    }

    async fn several_are_dealt_with_at_once_and_what_cannot_be_is_told(db: Db) {
        let app = TestApp::new(db).await;
        let head = app.as_role(Role::Head).await;
        let (own, other) = (app.world.resource.to_string(), app.world.records[&(Record::Resource, Whose::Other)].to_string());
        let page = head.get("/resources").await.expect(200).text();
        assert_eq!(page.matches("data-select=").count() + page.matches("data-select ").count() + page.matches("data-select>").count(), page.matches("name=\"ids\"").count());
        assert!(page.contains(&format!("value=\"{own}\"")), "one's own can be chosen");
        assert!(!page.contains(&format!("name=\"ids\" value=\"{other}\"")), "others' cannot");
        let choice = [("deed", "pause"), ("ids", own.as_str()), ("ids", other.as_str()), ("here", "/resources?kind=other"), ("key", "k1")];
        let told = head.post("/resources/bulk", &choice).await.expect(200);
        assert_eq!(html::page_faults(&told.text()), Vec::<String>::new());
        let words = html::words(&told.text());
        assert!(words.contains("Сделано: 1 запись") && words.contains("Школьный автобус") && words.contains("Решает другая организация"), "{words}");
        assert!(told.text().contains("href=\"/resources?kind=other\""), "the way back is the list as it was");
        let state = async |id: &str| head.get(&format!("/api/v1/resources/{id}")).await.expect(200).json()["state"].clone();
        assert_eq!((state(&own).await, state(&other).await), ("paused".into(), "published".into()));
        // The same press again gives the same answer; another press finds nothing left to do.
        assert_eq!(html::words(&head.post("/resources/bulk", &choice).await.expect(200).text()), words);
        let again = head.post("/resources/bulk", &[("deed", "pause"), ("ids", own.as_str()), ("key", "k2")]).await.expect(200);
        assert!(html::words(&again.text()).contains("Ничего не изменилось"));
        head.post("/resources/bulk", &[("deed", "burn"), ("ids", own.as_str())]).await.expect(422);
        head.post("/resources/bulk", &[("deed", "pause")]).await.expect(422);
        // All that the conditions give: the own ones among them.
        let all = head.post("/resources/bulk", &[("deed", "publication"), ("all", "true"), ("here", "/resources?q=лаборатория")]).await.expect(200);
        assert!(html::words(&all.text()).contains("Сделано: 1 запись"));
        assert_eq!(state(&own).await, "published");
    }

    async fn each_condition_is_dropped_by_one_click(db: Db) {
        let app = TestApp::new(db).await;
        let head = app.as_role(Role::Head).await;
        for (list, query, less) in [
            ("/organisations", "q=гимназия&state=active", "/organisations?state=active"),
            ("/resources", "q=лаборатория&headcount=5", "/resources?headcount=5"),
            ("/bookings", "state=requested&class=technological", "/bookings?class=technological"),
            ("/acts", "q=обмене&year=2026", "/acts?year=2026"),
            ("/learners", "q=я&left=yes", "/learners?left=yes"),
        ] {
            let page = head.get(&format!("{list}?{query}")).await.expect(200).text();
            assert!(page.contains(&format!("href=\"{}\"", less.replace('&', "&amp;"))), "{list}: {}", html::words(&page));
            let nothing = head.get(&format!("{list}?{query}&q=нет+такого&organisation=00000000-0000-7000-8000-000000000001")).await;
            if nothing.code() == 200 && nothing.text().contains("class=\"empty\"") {
                assert!(nothing.text().contains("class=\"chip\""), "{list} offers to drop a condition");
            }
        }
    }
}
