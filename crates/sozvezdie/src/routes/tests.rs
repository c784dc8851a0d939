//! Routes on both engines.
