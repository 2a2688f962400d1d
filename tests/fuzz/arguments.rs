//! Command lines, from the program's own commands and options.

use clap::{Arg, ArgAction, CommandFactory as _, Parser as _};

use crate::cli::arguments::Arguments;
use crate::fuzz_tests::amounts::time;
use crate::fuzz_tests::dice::Dice;
use crate::fuzz_tests::properties::{Broken, Ending, ensure};
use crate::fuzz_tests::settings::setting;
use crate::fuzz_tests::words::{HOSTILE, scratched};

/// A value for an option, by its values or what they are called.
fn value(dice: &mut Dice, argument: &Arg) -> String {
    let possible = argument.get_possible_values();
    if !possible.is_empty() {
        return dice.pick(&possible).get_name().to_owned();
    }
    let name =
        argument.get_value_names().and_then(|names| names.first()).map_or("", |name| name.as_str());
    match name {
        "KEY=VALUE" => {
            let (key, value) = setting(dice, &["usual", "k2"]);
            format!("{key}={value}")
        }
        "TOLERANCE" => (*dice.pick(&["1e-6", "1e-12", "0.01", "1e-4"])).to_owned(),
        "K/N" => (*dice.pick(&["1/2", "2/2", "1/1", "7/1000000"])).to_owned(),
        "TIME" => time(dice, 0.01, 1.0),
        "N" => (*dice.pick(&["1", "2", "17", "1024"])).to_owned(),
        "FILE" => (*dice.pick(&["lesson.toml", "doses.toml", "./x y.toml", "missing.toml", "-"]))
            .to_owned(),
        "DIR" | "OUT" => (*dice.pick(&["output", "parts/doses", "o ö", "."])).to_owned(),
        _ => (*dice.pick(&["usual", "k2", "my_diet", "7", "骨"])).to_owned(),
    }
}

/// The words of a command line, one on each line.
pub(super) fn generate(dice: &mut Dice) -> String {
    let mut words = vec!["calcifate".to_owned()];
    let root = Arguments::command();
    let mut command = &root;
    let mut arguments: Vec<&Arg> = command.get_arguments().collect();
    while command.has_subcommands() {
        let inner: Vec<&clap::Command> = command.get_subcommands().collect();
        command = *dice.pick(&inner);
        words.push(command.get_name().to_owned());
        arguments.extend(command.get_arguments());
    }
    for argument in arguments
        .into_iter()
        .filter(|argument| !["help", "version"].contains(&argument.get_id().as_str()))
    {
        let times = match (argument.is_required_set(), argument.get_action()) {
            (true, ArgAction::Append) => 1 + dice.below(2),
            (true, _) => 1,
            (false, ArgAction::Append) => dice.below(3),
            (false, _) => usize::from(dice.chance(0.25)),
        };
        for _ in 0..times {
            let takes_value = argument.get_action().takes_values();
            match (argument.get_long(), argument.get_short()) {
                (Some(long), _) if takes_value && dice.chance(0.3) => {
                    words.push(format!("--{long}={}", value(dice, argument)))
                }
                (long, short) => {
                    let short = short.filter(|_| long.is_none() || dice.chance(0.3));
                    words.extend(
                        short
                            .map(|short| format!("-{short}"))
                            .or(long.map(|long| format!("--{long}"))),
                    );
                    words.extend(takes_value.then(|| value(dice, argument)));
                }
            }
        }
    }
    if dice.chance(0.4) {
        let at = 1 + dice.below(words.len() - 1);
        match dice.below(5) {
            0 => words[at] = (*dice.pick(HOSTILE)).to_owned(),
            1 => drop(words.remove(at)),
            2 => words.insert(at, words[at].clone()),
            3 => words[at] = scratched(dice, &words[at].clone()),
            _ => words.push("--help".to_owned()),
        }
    }
    words.iter().map(|word| word.replace('\n', " ")).collect::<Vec<_>>().join("\n")
}

pub(super) fn execute(text: &str) -> Result<Ending, Broken> {
    let error = match Arguments::try_parse_from(text.split('\n')) {
        Ok(_) => return Ok(Ending::Accepted),
        Err(error) => error,
    };
    let told = error.to_string();
    // What acts on a terminal is escaped where it is printed; `through_the_program` looks there.
    ensure(told.trim().len() > 10, || format!("hardly a message: {told:?}"))?;
    if !error.use_stderr() {
        return Ok(Ending::Accepted); // help and version
    }
    let helps = told.contains("--help")
        || told.contains("write")
        || told.contains("Usage")
        || told.contains("accepted");
    ensure(helps, || format!("no help: {told}"))?;
    Ok(Ending::Refused)
}
