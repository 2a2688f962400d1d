//! Reads what the class does in a step: a curve, an order or a choice.

use std::collections::BTreeSet;

use crate::class::exercise::{Choice, Compared, Draw, Order, Task};
use crate::class::reading::{MOST, Reader};
use crate::error::suggest::did_you_mean;
use crate::form::tree::{Node, get, list, tables, text};
use crate::physiology::quantities::{QUANTITIES, Quantity, quantity};
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
                let message = "a step has one prediction: a curve, an order or a choice";
                self.wrong(step, message, help);
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
            let known = |one: &'static Quantity| one.aliases.iter().copied().chain([one.name]);
            let meant = did_you_mean(wanted, QUANTITIES.iter().flat_map(known));
            let help = format!("{meant}`calcifate list readouts` shows all.");
            self.wrong(readout, format!("unknown read-out \"{wanted}\""), help);
            return None;
        };
        let arm = arm?;
        let given = given.into_iter().filter(|given| *given != arm).collect();
        let compared = text(own, "compare").and_then(Compared::by_name).unwrap_or_default();
        Some(Draw { quantity, arm, given, limits, compared })
    }

    fn limits(&mut self, node: &Node) -> Option<(f64, f64)> {
        let numbers: Vec<f64> = node.list().iter().filter_map(Node::number).collect();
        match (numbers.as_slice(), node.list().len()) {
            ([low, high], 2) if low < high && low.is_finite() && high.is_finite() => {
                Some((*low, *high))
            }
            _ => {
                let help = "write such as limits = [0, 200]";
                self.wrong(node, "limits are two numbers, the lower first", help);
                None
            }
        }
    }

    fn order(&mut self, node: &Node) -> Option<Order> {
        let own = node.entries();
        self.required(node, &["by"]);
        let arms: Vec<String> = match get(own, "arms") {
            Some(node) => node.list().iter().filter_map(|node| self.arm(node)).collect(),
            None => self.arms.clone(),
        };
        if arms.len() < 2 || BTreeSet::from_iter(&arms).len() < arms.len() {
            let help = "write such as arms = [\"usual\", \"k2\"]";
            self.wrong(node, "an order needs two arms or more, each once", help);
        }
        let by = get(own, "by")?;
        let written = by.text().unwrap_or_default();
        let of_arm = |name: &String| {
            let scope = Scope { arms: std::slice::from_ref(name), ..self.scope() };
            Ok((name.clone(), Expression::read(written, scope)?))
        };
        let values: Result<Vec<_>, _> = arms.iter().map(of_arm).collect();
        Some(Order { by: written.to_owned(), arms: self.problems.value(by, values)? })
    }

    fn options(&mut self, step: &Node) -> Option<Vec<Choice>> {
        let nodes: Vec<&Node> = tables(step.entries(), "option").collect();
        if !(2..=MOST).contains(&nodes.len()) {
            let help = "write [[step.option]] with says and that, once for each";
            self.wrong(step, format!("a choice has 2 to {MOST} options"), help);
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
