/** The part of Markdown that Teams shows in cards: bold, italic, links and lists; everything else is text. */
export function markdownToHtml(text) {
  const lines = escapeHtml(text).split(/\r?\n/);
  return blocks(lines)
    .map(({ kind, lines: content }) =>
      kind === 'text'
        ? `<p>${content.map(inline).join('<br>')}</p>`
        : `<${kind}>${content.map((line) => `<li>${inline(line)}</li>`).join('')}</${kind}>`,
    )
    .join('');
}

const listItem = /^\s*(?:[-*]|(\d+)\.)\s+(.*)$/;

function blocks(lines) {
  const found = [];
  for (const line of lines) {
    const [, number, item] = listItem.exec(line) ?? [];
    const kind = item === undefined ? 'text' : number === undefined ? 'ul' : 'ol';
    const last = found.at(-1);
    if (last?.kind === kind) last.lines.push(item ?? line);
    else found.push({ kind, lines: [item ?? line] });
  }
  return found;
}

function inline(text) {
  return text
    .replace(/\*\*(?=\S)(.+?)\*\*/g, '<strong>$1</strong>')
    .replace(/(^|[\s(])_(?=\S)(.+?)_(?=$|[\s).,!?])/g, '$1<em>$2</em>')
    .replace(
      /\[([^\]]+)\]\((https:\/\/[^\s)]+)\)/g,
      '<a class="ac-anchor" target="_blank" rel="noopener" href="$2">$1</a>',
    );
}

function escapeHtml(text) {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
