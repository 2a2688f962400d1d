//! The small grammar of claims, outcomes and conditions.

/// A claim of a lesson.
#[derive(Clone, Debug)]
pub struct Claim {
    /// What it says, for people.
    pub says: String,
    /// Its condition, as written.
    pub text: String,
}
impl Claim {
    /// stub
    pub fn read(
        says: &str,
        text: &str,
        _arms: &[String],
    ) -> Result<Self, crate::error::problem::Misread> {
        Ok(Self { says: says.into(), text: text.into() })
    }
}
