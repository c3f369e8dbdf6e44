//! A host in Rust: plans the session set in a file, and prints the plan.

mod graphorder;

use std::error::Error;
use std::io::Write;
use std::process::ExitCode;

fn plan(path: &str) -> Result<u8, Box<dyn Error>> {
    let set = std::fs::read(path)?;
    let engine = graphorder::Engine::open()?;
    let answer = engine.plan(&set)?;
    std::io::stdout().write_all(answer.text())?;
    Ok(answer.status as u8)
}

fn main() -> ExitCode {
    let Some(path) = std::env::args().nth(1) else {
        eprintln!("usage: plan SET");
        return ExitCode::from(2);
    };
    let code = match plan(&path) {
        Ok(status) => status,
        Err(error) => {
            eprintln!("{path}: {error}");
            error.downcast_ref::<graphorder::Error>().map_or(3, |refused| refused.status as u8)
        }
    };
    assert_eq!(graphorder::live_handles(), 0);
    ExitCode::from(code)
}
