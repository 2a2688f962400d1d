//! Reads what the class does in a step: a curve, an order or a choice.

use crate::class::exercise::{Choice, Compared, Draw, Order, Task};
use crate::class::reading::{MOST, Reader};
use crate::error::suggest::did_you_mean;
use crate::form::tree::{Node, get, list, tables, text};
use crate::physiology::quantities::{QUANTITIES, quantity};
use crate::scenario::claims::{Expression, Scope};

impl Reader<'_> {
    /// What the class does in a step; exactly one thing.
    pub(super) fn task(&mut self, step: &Node) -> Option<Task> {
        let own = step.entries();
        let refused = ["draw", "order", "option"]
            .iter()
            .any(|key| self.problems.was_refused(&step.span, key));
        match (get(own, "draw"), get(own, "order"), get(own, "option")) {
            (Some(draw), None, None) => self.draw(draw).map(Task::Draw),
            (None, Some(order), None) => self.order(order).map(Task::Order),
            (None, None, Some(_)) => self.options(step).map(Task::Choose),
            _ if refused => None,
            _ => {
                let help = "write one of draw = { readout = …, arm = … }, order = { by = … } and [[step.option]]";
                self.problems.error(
                    &step.span,
                    "a step has one prediction: a curve, an order or a choice",
                    "",
                    help,
                );
                None
            }
        }
    }

    fn draw(&mut self, node: &Node) -> Option<Draw> {
        let own = node.entries();
        self.required(node, &["readout", "arm"]);
        let limits = get(own, "limits").and_then(|node| self.limits(node));
        let arm = get(own, "arm").and_then(|node| self.arm(node));
        let given = list(own, "given").iter().filter_map(|node| self.arm(node)).collect::<Vec<_>>();
        let readout = get(own, "readout")?;
        let wanted = readout.text().unwrap_or_default();
        let Some(quantity) = quantity(wanted) else {
            let meant = did_you_mean(
                wanted,
                QUANTITIES.iter().flat_map(|one| one.aliases.iter().copied().chain([one.name])),
            );
            let help = format!("{meant}`calcifate list readouts` shows all.");
            self.problems.error(&readout.span, format!("unknown read-out \"{wanted}\""), "", help);
            return None;
        };
        let arm = arm?;
        let names = |position: usize| self.arms.get(position).cloned();
        Some(Draw {
            quantity,
            arm: names(arm)?,
            given: given.into_iter().filter(|given| *given != arm).filter_map(names).collect(),
            limits,
            compared: text(own, "compare").and_then(Compared::by_name).unwrap_or_default(),
        })
    }

    fn limits(&mut self, node: &Node) -> Option<(f64, f64)> {
        let numbers: Vec<f64> = node.list().iter().filter_map(Node::number).collect();
        let found = match (numbers.as_slice(), node.list().len()) {
            ([low, high], 2) if low < high && low.is_finite() && high.is_finite() => {
                Some((*low, *high))
            }
            _ => None,
        };
        if found.is_none() {
            self.problems.error(
                &node.span,
                "limits are two numbers, the lower first",
                "",
                "write such as limits = [0, 200]",
            );
        }
        found
    }

    fn order(&mut self, node: &Node) -> Option<Order> {
        let own = node.entries();
        self.required(node, &["by"]);
        let mut arms: Vec<usize> =
            list(own, "arms").iter().filter_map(|node| self.arm(node)).collect();
        if get(own, "arms").is_none() {
            arms = (0..self.arms.len()).collect();
        }
        let distinct = arms
            .iter()
            .enumerate()
            .all(|(at, arm)| !arms.iter().take(at).any(|other| other == arm));
        if arms.len() < 2 || !distinct {
            self.problems.error(
                &node.span,
                "an order needs two arms or more, each once",
                "",
                "write such as arms = [\"usual\", \"k2\"]",
            );
        }
        let by = get(own, "by")?;
        let written = by.text().unwrap_or_default();
        let of_arm = |arm: &usize| {
            let name = self.arms.get(*arm).cloned().unwrap_or_default();
            Expression::read(written, Scope { arms: &[name], ..self.scope() })
                .map(|value| (*arm, value))
        };
        let values: Result<Vec<_>, _> = arms.iter().map(of_arm).collect();
        Some(Order { by: written.to_owned(), arms: self.problems.value(by, values)? })
    }

    fn options(&mut self, step: &Node) -> Option<Vec<Choice>> {
        let nodes: Vec<&Node> = tables(step.entries(), "option").collect();
        if !(2..=MOST).contains(&nodes.len()) {
            let help = "write [[step.option]] with says and that, once for each";
            self.problems.error(&step.span, format!("a choice has 2 to {MOST} options"), "", help);
        }
        let mut options = Vec::new();
        for node in nodes.into_iter().take(MOST) {
            self.required(node, &["says"]);
            let claim = self.claim(node, "");
            let says = text(node.entries(), "says").unwrap_or_default().to_owned();
            options.extend(claim.map(|claim| Choice { says, claim }));
        }
        Some(options)
    }
}
