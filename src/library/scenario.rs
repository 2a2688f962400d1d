//! Scenarios from text, files and code, and how they are run.

use crate::error::problem::{Problem, Problems};
use crate::error::suggest::known_words;
use crate::library::builder::{ScenarioBuilder, Value, setting_text};
use crate::library::run::{IncompleteRun, Run, run_all};
use crate::library::sweep::reader_of;
use crate::scenario::{Arm, Loaded, Overrides, Scenario, load};
use crate::simulation::Options;

impl Scenario {
    /// Reads the text of a scenario file that extends no other.
    ///
    /// # Errors
    /// Every problem of the text, warnings among them.
    pub fn parse(text: &str) -> Result<Self, Problems> {
        let read = |_: &str, _: &str| Err("a text has no folder; use Scenario::from_path".into());
        load("scenario.toml", text, &Overrides::default(), &read).into_result()
    }

    /// Reads a scenario file and what it extends, relative to it.
    ///
    /// # Errors
    /// Why the file cannot be read, or every problem of it.
    #[cfg(feature = "files")]
    pub fn from_path(path: impl AsRef<std::path::Path>) -> Result<Self, Problems> {
        let (name, text) = crate::library::input_files::named_text(path.as_ref())?;
        let read = crate::library::input_files::read_beside;
        load(&name, &text, &Overrides::default(), &read).into_result()
    }

    /// The same with other values, as `calcifate run --set KEY=VALUE` changes them, and with some
    /// of the arms only; with all if none is named.
    ///
    /// A number is in the dial's own unit, text has its unit. `beyond_range` lets parameters leave
    /// their ranges.
    ///
    /// ```
    /// use calcifate::Scenario;
    ///
    /// let usual = Scenario::parse("duration = \"1 year\"\n")?;
    /// let natto = usual.with(&[("age", 60.into()), ("natto", "40 g/day".into())], &[], false)?;
    /// let fall = natto.run()?.value("change(dp_ucmgp)", "usual")?;
    /// assert!(fall < -100.0);
    /// let told = usual.with(&[("nato", 40.0.into())], &[], false).unwrap_err().to_string();
    /// assert!(told.contains("did you mean \"natto\""), "{told}");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// Every problem of the changes.
    pub fn with(
        &self,
        settings: &[(&str, Value)],
        arms: &[&str],
        beyond_range: bool,
    ) -> Result<Self, Problems> {
        let set = settings
            .iter()
            .map(|(key, value)| ((*key).to_owned(), setting_text(key, value.clone())));
        let overrides = Overrides {
            set: set.collect(),
            arms: arms.iter().map(|arm| (*arm).to_owned()).collect(),
            beyond_range,
            ..Overrides::default()
        };
        let (name, text) = self.texts.first().cloned().unwrap_or_default();
        load(&name, &text, &overrides, &reader_of(self)).into_result()
    }

    /// A scenario in code.
    #[must_use]
    pub fn builder(title: &str) -> ScenarioBuilder {
        ScenarioBuilder::new(title)
    }

    /// Runs all arms, on several threads with the feature `parallel`.
    ///
    /// # Errors
    /// An arm ended early; the error has everything up to there.
    pub fn run(&self) -> Result<Run, IncompleteRun> {
        self.run_with(&Options::default(), &|_| true)
    }

    /// Runs all arms with another method or tolerance, watched.
    ///
    /// `watch` is called now and then with the share done, 0 to 1; `false` ends the run.
    ///
    /// # Errors
    /// An arm ended early; the error has everything up to there.
    pub fn run_with(
        &self,
        options: &Options,
        watch: &(dyn Fn(f64) -> bool + Sync),
    ) -> Result<Run, IncompleteRun> {
        let arms: Vec<_> = self.arms.iter().collect();
        let runs = run_all(&arms, options, watch);
        IncompleteRun::unless_complete(Run::judged(self.clone(), runs))
    }

    /// The headline.
    #[must_use]
    pub fn title(&self) -> &str {
        &self.title
    }

    /// The question that it asks; may be empty.
    #[must_use]
    pub fn question(&self) -> &str {
        &self.question
    }

    /// Text for students; may be empty.
    #[must_use]
    pub fn lesson(&self) -> &str {
        &self.lesson
    }

    /// The names of the arms.
    pub fn arm_names(&self) -> impl Iterator<Item = &str> {
        self.arms.iter().map(|arm| arm.name.as_str())
    }

    /// The arm of this name.
    /// Errors: There is none.
    pub(crate) fn arm(&self, name: &str) -> Result<&Arm, Problem> {
        self.arms.iter().find(|arm| arm.name == name).ok_or_else(|| {
            let help = known_words("Arms", name, self.arm_names());
            Problem::without_span(format!("unknown arm \"{name}\""), help)
        })
    }

    /// The text of its file, which the program runs alike.
    #[must_use]
    pub fn text(&self) -> &str {
        self.texts.first().map_or("", |(_, text)| text)
    }

    /// What is possible but unusual in it.
    #[must_use]
    pub fn warnings(&self) -> Problems {
        Problems::of(self.warnings.clone(), self.texts.clone())
    }
}

impl Loaded {
    fn into_result(self) -> Result<Scenario, Problems> {
        let Self { scenario, texts, problems } = self;
        scenario.ok_or(Problems::of(problems, texts))
    }
}
