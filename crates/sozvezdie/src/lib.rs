//! Созвездие: a district's schools, preschools and centres of additional education as one network.
//!
//! `main → slices → slice → kit | documents | intake`, never back. Start with `slices.rs`.
pub mod accounts;
pub mod acts;
pub mod app;
pub mod calendar;
pub mod cases;
pub mod centre;
pub mod commands;
mod connections;
pub mod consents;
pub mod demo;
pub mod exchange;
pub mod floor;
pub mod generate;
pub mod home;
pub mod imports;
pub mod learners;
pub mod links;
pub mod notifications;
pub mod organisations;
pub mod papers;
pub mod people;
pub mod personal;
pub mod resources;
pub mod roles;
pub mod server;
pub mod shell;
pub mod slices;
pub mod texts;
