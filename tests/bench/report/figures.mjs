/** Figures as people read them. */

/** The median of each figure of each server. */
export function median(runs) {
  const middle = (values) => values.sort((one, other) => one - other)[Math.floor(values.length / 2)];
  const of = (figures) =>
    Object.fromEntries(Object.keys(figures[0]).map((key) => [key, middle(figures.map((one) => one[key]))]));
  return Object.fromEntries(Object.entries(runs).map(([server, figures]) => [server, of(figures)]));
}

/** A number with its thousands apart; a dash where there is none. */
export function figure(value, digits = 0) {
  if (Number.isNaN(value)) return "–";
  return value.toLocaleString("en-GB", { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

/** One server's figures on one line. */
export function row({ measures }, server, figures) {
  const said = measures.map(({ key, label, digits }) => `${label}: ${figure(figures[key], digits)}`);
  return `${server.padEnd(12)} ${said.join(" · ")}`;
}
