//! Prints the traces of the first seeds, up to the number given (20 unless told).

#![expect(clippy::print_stdout, reason = "printing is all that this program does")]

fn main() {
    let seeds = std::env::args().nth(1).and_then(|seeds| seeds.parse().ok()).unwrap_or(20);
    for seed in 0..seeds {
        print!("{}", talkoot_tests::trace::trace(seed));
    }
}
