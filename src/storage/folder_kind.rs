//! The kind of a result, by the first line of its manifest.

use crate::storage::manifest;
use crate::storage::resume::Identity;
use crate::storage::sensitivity_folder::SensitivityIdentity;
use crate::storage::sweep_manifest::SweepIdentity;

/// The command that wrote a folder.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum FolderKind {
    Run,
    Sweep,
    Sensitivity,
}

impl FolderKind {
    /// By the text of a manifest; `None` if Calcifate did not write it.
    pub(crate) fn of(manifest: &str) -> Option<Self> {
        let markers = [
            (manifest::MARKER, Self::Run),
            (SweepIdentity::MARKER, Self::Sweep),
            (SensitivityIdentity::MARKER, Self::Sensitivity),
        ];
        let first = manifest.lines().next()?;
        markers.into_iter().find(|(marker, _)| *marker == first).map(|(_, kind)| kind)
    }
}
