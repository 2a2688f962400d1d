//! The content of a page before it is written: plain texts, tables, charts.

use crate::charts::chart::Chart;

/// A page.
#[derive(Clone, Debug, Default)]
pub(crate) struct Document {
    /// The question, or the title where there is none.
    pub title: String,
    /// Line above the title, and the people below it.
    pub above: String,
    pub below: String,
    /// What the reader must know first: an incomplete run, say.
    pub notices: Vec<String>,
    /// The answer in paragraphs.
    pub answer: Vec<String>,
    /// The figure that shows it.
    pub figure: Option<Figure>,
    /// What another hypothesis set says to that.
    pub aside: Vec<String>,
    /// What stands below the figure on a handout.
    pub handout: Vec<Block>,
    pub sections: Vec<Section>,
}

/// A part of a page with a heading of its own.
#[derive(Clone, Debug)]
pub(crate) struct Section {
    /// Its address on the page.
    pub id: &'static str,
    pub heading: String,
    pub blocks: Vec<Block>,
}

/// A figure and the name of its kind, which no other on the page has.
#[derive(Clone, Debug)]
pub(crate) struct Figure {
    pub name: String,
    pub chart: Chart,
}

#[derive(Clone, Debug)]
pub(crate) enum Block {
    Heading(String),
    Paragraph(String),
    List(Vec<String>),
    Claims(Vec<Claim>),
    Table(Table),
    Figure(Box<Figure>),
    /// Words and what they mean.
    Terms(Vec<(String, String)>),
    /// Ids and words of entries to which claims lead.
    Entries(Vec<(String, String)>),
    /// Parts of a whole, with their counts.
    Parts(Vec<Part>),
    /// Text that keeps its lines: commands, files.
    Preformatted(String),
    /// Something that is shown on demand.
    More {
        summary: String,
        blocks: Vec<Self>,
    },
}

/// A statement that was put to the test.
#[derive(Clone, Debug, Default)]
pub(crate) struct Claim {
    pub says: String,
    /// The judgement under one hypothesis set or several: set, judgement, numbers.
    pub judged: Vec<(String, Mark, String)>,
    /// What else is to be said of it, in paragraphs.
    pub remarks: Vec<String>,
    /// Ids of the entries of [`Block::Entries`] on the page that it rests on.
    pub rests_on: Vec<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mark {
    Yes,
    No,
    NoDifference,
    Partly,
    Unknown,
}

impl Mark {
    pub(crate) const fn sign(self) -> &'static str {
        match self {
            Self::Yes => "✓",
            Self::No => "✗",
            Self::NoDifference => "≈",
            Self::Partly => "±",
            Self::Unknown => "?",
        }
    }

    /// Its name among the looks of the page.
    pub(crate) const fn class(self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::No => "no",
            Self::NoDifference | Self::Partly => "even",
            Self::Unknown => "unknown",
        }
    }
}

#[derive(Clone, Debug)]
pub(crate) struct Table {
    pub caption: String,
    pub columns: Vec<Column>,
    /// The first cell names its row.
    pub rows: Vec<Vec<String>>,
}

#[derive(Clone, Debug)]
pub(crate) struct Column {
    pub heading: String,
    /// Position of the arm whose color it has.
    pub arm: Option<usize>,
    pub is_number: bool,
}

/// A part of a whole.
#[derive(Clone, Debug)]
pub(crate) struct Part {
    pub name: String,
    pub count: usize,
}

impl Column {
    pub(crate) fn words(heading: impl Into<String>) -> Self {
        Self { heading: heading.into(), arm: None, is_number: false }
    }

    pub(crate) fn numbers(heading: impl Into<String>) -> Self {
        Self { is_number: true, ..Self::words(heading) }
    }

    /// The numbers of the arm with this look ([`crate::plots::style::arm`]).
    pub(crate) fn of_arm(look: usize, heading: impl Into<String>) -> Self {
        Self { arm: Some(look), ..Self::numbers(heading) }
    }
}

impl Block {
    pub(crate) fn more(summary: String, blocks: Vec<Self>) -> Self {
        Self::More { summary, blocks }
    }

    pub(crate) fn figure(name: impl Into<String>, chart: Chart) -> Self {
        Self::Figure(Box::new(Figure { name: name.into(), chart }))
    }

    fn figures(&self) -> Vec<&Figure> {
        match self {
            Self::Figure(figure) => vec![figure],
            Self::More { blocks, .. } => blocks.iter().flat_map(Self::figures).collect(),
            _ => Vec::new(),
        }
    }

    fn words(&self) -> Vec<String> {
        match self {
            Self::Heading(text) | Self::Paragraph(text) => vec![text.clone()],
            Self::List(items) => items.clone(),
            Self::Claims(claims) => claims.iter().map(|claim| claim.says.clone()).collect(),
            Self::Table(table) => {
                table.rows.iter().filter_map(|row| row.first().cloned()).collect()
            }
            Self::Figure(figure) => figure.words().into(),
            Self::Entries(entries) => entries.iter().map(|(_, words)| words.clone()).collect(),
            Self::Terms(_) | Self::Parts(_) | Self::Preformatted(_) | Self::More { .. } => {
                Vec::new()
            }
        }
    }
}

/// Paragraphs of a text, which blank lines part.
pub(crate) fn paragraphs(text: &str) -> impl Iterator<Item = String> {
    let parts = text.split("\n\n").map(str::trim).filter(|part| !part.is_empty());
    // Blanks at which no line ends stay.
    let words = |part: &str| {
        part.split([' ', '\n', '\t']).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
    };
    parts.map(words)
}

impl Document {
    /// An empty page under a question, or under the title where there is none.
    pub(crate) fn of_question(title: &str, question: &str) -> Self {
        let (title, above) = if question.is_empty() { (title, "") } else { (question, title) };
        Self { title: title.to_owned(), above: above.to_owned(), ..Self::default() }
    }

    /// Adds a section, unless nothing stands in it.
    pub(crate) fn section(&mut self, id: &'static str, heading: String, blocks: Vec<Block>) {
        if !blocks.is_empty() {
            self.sections.push(Section { id, heading, blocks });
        }
    }

    /// What a reader sees without opening anything, for a look at its words.
    pub(crate) fn words(&self) -> String {
        let mut words = vec![self.title.clone(), self.below.clone()];
        words.extend(self.answer.iter().cloned());
        words.extend(self.figure.iter().flat_map(Figure::words));
        words.extend(self.blocks().flat_map(Block::words));
        words.join("\n")
    }

    /// Every figure, also of what is shown on demand.
    pub(crate) fn figures(&self) -> Vec<&Figure> {
        self.figure.iter().chain(self.blocks().flat_map(Block::figures)).collect()
    }

    fn blocks(&self) -> impl Iterator<Item = &Block> {
        self.handout.iter().chain(self.sections.iter().flat_map(|section| &section.blocks))
    }
}

impl Figure {
    fn words(&self) -> [String; 2] {
        [self.chart.title.clone(), self.chart.description.clone()]
    }
}
