/** A spreadsheet takes a cell that begins so for a formula, which may do anything its reader may. */
const formula = /^[\t\r]|^\s*[=+\-@＝＋－＠]/u;

/** One line of comma-separated values (RFC 4180); a text that would be a formula is made plain text by an apostrophe. */
export function csvLine(cells: readonly (string | number)[]): string {
  return `${cells.map((cell) => csvCell(cell)).join(',')}\r\n`;
}

function csvCell(cell: string | number): string {
  if (typeof cell === 'number') return String(cell);
  const plain = formula.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}
