//! Routes that cannot be added without saying who may use them.
use crate::{Fault, Visit, access::Permission};
use axum::{
    Router,
    extract::Request,
    handler::Handler,
    middleware::{self, Next},
    response::{IntoResponse, Response},
    routing::{MethodFilter, on},
};

/// What a route asks of the viewer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// Open to everybody: sign-in, the shell's own pages, assets, health.
    Nothing,
    /// Any person who is signed in: their own settings.
    SignedIn,
    /// The permission, at least somewhere; the operation checks the record itself.
    Holds(Permission),
}

impl From<Permission> for Need {
    fn from(permission: Permission) -> Self {
        Self::Holds(permission)
    }
}

/// One declared route: the row of the access matrix.
#[derive(Clone, Debug)]
pub struct Declared {
    pub method: &'static str,
    pub path: &'static str,
    pub need: Need,
}

/// The routes of a slice.
pub struct Routes<S> {
    router: Router<S>,
    declared: Vec<Declared>,
}

impl<S: Clone + Send + Sync + 'static> Default for Routes<S> {
    fn default() -> Self {
        Self { router: Router::new(), declared: Vec::new() }
    }
}

impl<S: Clone + Send + Sync + 'static> Routes<S> {
    #[must_use]
    pub fn get<H: Handler<T, S>, T: 'static>(self, path: &'static str, need: impl Into<Need>, handler: H) -> Self {
        self.add(MethodFilter::GET, "GET", path, need.into(), handler)
    }

    #[must_use]
    pub fn post<H: Handler<T, S>, T: 'static>(self, path: &'static str, need: impl Into<Need>, handler: H) -> Self {
        self.add(MethodFilter::POST, "POST", path, need.into(), handler)
    }

    #[must_use]
    pub fn patch<H: Handler<T, S>, T: 'static>(self, path: &'static str, need: impl Into<Need>, handler: H) -> Self {
        self.add(MethodFilter::PATCH, "PATCH", path, need.into(), handler)
    }

    #[must_use]
    pub fn delete<H: Handler<T, S>, T: 'static>(self, path: &'static str, need: impl Into<Need>, handler: H) -> Self {
        self.add(MethodFilter::DELETE, "DELETE", path, need.into(), handler)
    }

    #[must_use]
    pub fn merge(mut self, other: Self) -> Self {
        self.router = self.router.merge(other.router);
        self.declared.extend(other.declared);
        self
    }

    /// The router, and what was declared.
    pub fn into_parts(self) -> (Router<S>, Vec<Declared>) {
        (self.router, self.declared)
    }

    fn add<H: Handler<T, S>, T: 'static>(
        mut self,
        filter: MethodFilter,
        method: &'static str,
        path: &'static str,
        need: Need,
        handler: H,
    ) -> Self {
        self.declared.push(Declared { method, path, need });
        let guarded = on(filter, handler).layer(middleware::from_fn(move |request, next| guard(need, request, next)));
        self.router = self.router.route(path, guarded);
        self
    }
}

async fn guard(need: Need, request: Request, next: Next) -> Response {
    let refused = match (need, Visit::of(&request)) {
        (Need::Nothing, _) => None,
        // Without the layer that says who looks, nobody looks.
        (_, None) => Some(Fault::SignIn),
        (Need::SignedIn, Some(visit)) => visit.viewer.is_guest().then_some(Fault::SignIn),
        (Need::Holds(permission), Some(visit)) if !visit.viewer.may(permission) => {
            Some(if visit.viewer.is_guest() { Fault::SignIn } else { Fault::Forbidden(permission) })
        }
        (Need::Holds(_), Some(_)) => None,
    };
    match refused {
        Some(fault) => fault.into_response(),
        None => next.run(request).await,
    }
}
