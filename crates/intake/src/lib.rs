//! placeholder
pub mod values;
