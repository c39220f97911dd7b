import { ChatColumn } from './chat-column.js';

// The address keeps what is shown: ?theme=dark&width=768&chat=<person>/personal&chat=<person>/channel
const query = new URLSearchParams(location.search);
const themeSelect = document.getElementById('theme');
const widthSelect = document.getElementById('width');
const chats = document.getElementById('chats');
const people = await (await fetch('people')).json();
const columns = [];

themeSelect.value = query.get('theme') ?? 'light';
widthSelect.value = query.get('width') ?? '320';
applyLook();
for (const chat of query.has('chat')
  ? query.getAll('chat')
  : people.slice(0, 3).map(({ id }) => `${id}/personal`)) {
  const [person, where] = chat.split('/');
  addColumn(person, where);
}

themeSelect.addEventListener('change', () => {
  applyLook();
  for (const column of columns) column.setTheme(themeSelect.value);
});
widthSelect.addEventListener('change', applyLook);
document.getElementById('limits').addEventListener('change', ({ target }) => {
  fetch('limit', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ on: target.checked }),
  });
});
document.getElementById('add').addEventListener('click', () => {
  addColumn(people[columns.length % people.length].id, 'personal');
  keepAddress();
});

let isRefreshDue = false;
new EventSource('changes').addEventListener('message', () => {
  if (isRefreshDue) return;
  isRefreshDue = true;
  requestAnimationFrame(() => {
    isRefreshDue = false;
    for (const column of columns) column.refresh();
  });
});

function addColumn(person, where) {
  const column = new ChatColumn({ people, theme: themeSelect.value, person, where, onChange: keepAddress });
  columns.push(column);
  chats.append(column.element);
  column.start();
}

function applyLook() {
  document.body.dataset.theme = themeSelect.value;
  document.body.dataset.width = widthSelect.value;
  keepAddress();
}

function keepAddress() {
  const kept = new URLSearchParams({ theme: themeSelect.value, width: widthSelect.value });
  for (const { choice } of columns) kept.append('chat', `${choice.person}/${choice.where}`);
  history.replaceState(null, '', `?${kept}`);
}
