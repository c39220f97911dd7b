import { messageView } from './message-view.js';

const places = { personal: 'Personal chat', groupChat: 'Group chat', channel: 'Channel' };

/** One person's view of one conversation, as a column of the page. */
export class ChatColumn {
  element = document.createElement('section');
  #people;
  #theme;
  #shown = new Map();
  #personSelect;
  #whereSelect;
  #messages = document.createElement('div');
  #notice = document.createElement('div');
  #state = document.createElement('span');

  constructor({ people, theme, person, where, onChange }) {
    this.#people = people;
    this.#theme = theme;
    this.#personSelect = select(
      'Person',
      people.map(({ id, displayName, via }) => [id, via ? `${displayName} (${via})` : displayName]),
      person,
    );
    this.#whereSelect = select('Conversation', Object.entries(places), where);
    for (const chooser of [this.#personSelect, this.#whereSelect]) {
      chooser.addEventListener('change', () => {
        onChange();
        this.start();
      });
    }
    this.#build();
  }

  /** What the address of the page keeps of the column. */
  get choice() {
    return { person: this.#personSelect.value, where: this.#whereSelect.value };
  }

  /** Shows the chosen conversation from its beginning. */
  async start() {
    this.#shown.clear();
    this.#messages.replaceChildren();
    this.#say('');
    await this.refresh();
  }

  async refresh() {
    const asked = String(new URLSearchParams(this.choice));
    const response = await fetch(`chat?${asked}`);
    const chat = await response.json();
    // The choice may have changed meanwhile, and then another answer is on its way.
    if (asked !== String(new URLSearchParams(this.choice))) return;
    if (!response.ok) {
      this.#say(chat.error, true);
      return;
    }
    this.#state.textContent = chat.isBlocked ? 'blocked' : chat.isInstalled ? 'installed' : 'not installed';
    this.#show(chat.messages);
    // To look at a conversation is what lets Teams refresh its cards.
    await post('view', this.choice);
  }

  setTheme(theme) {
    this.#theme = theme;
    return this.start();
  }

  get #person() {
    return this.#people.find(({ id }) => id === this.#personSelect.value);
  }

  #build() {
    this.element.className = 'chat';
    this.#messages.className = 'messages';
    this.#messages.tabIndex = 0;
    this.#messages.setAttribute('aria-label', 'Messages');
    this.#notice.className = 'notice';
    this.#notice.setAttribute('role', 'status');
    const who = document.createElement('div');
    who.className = 'who';
    const act = (name) =>
      button(name, () => post(name.toLowerCase(), this.choice).then(() => this.refresh()));
    who.append(
      this.#personSelect,
      this.#whereSelect,
      act('Install'),
      act('Uninstall'),
      act('Block'),
      this.#state,
    );
    this.element.append(who, this.#messages, this.#notice, this.#form());
  }

  #form() {
    const form = document.createElement('form');
    const input = document.createElement('input');
    input.setAttribute('aria-label', 'Message');
    input.placeholder = 'Type a message';
    input.autocomplete = 'off';
    form.append(input, button('Send', null));
    form.addEventListener('submit', async (event) => {
      event.preventDefault();
      const text = input.value.trim();
      if (text === '') return;
      input.value = '';
      const reply = await post('say', { ...this.choice, text });
      this.#say(reply.kind === 'answered' ? '' : 'The bot does not answer.', reply.kind !== 'answered');
    });
    return form;
  }

  /** Keeps the elements of unchanged messages, and with them what was typed into their cards. */
  #show(messages) {
    const isAtEnd =
      this.#messages.scrollTop + this.#messages.clientHeight >= this.#messages.scrollHeight - 40;
    for (const message of messages) {
      const shown = this.#shown.get(message.id);
      if (shown?.version === message.version) continue;
      const element = messageView(message, {
        person: this.#person,
        theme: this.#theme,
        onAction: (action) => this.#tap(message, action),
      });
      if (shown) shown.element.replaceWith(element);
      else this.#messages.append(element);
      this.#shown.set(message.id, { version: message.version, element });
    }
    if (isAtEnd) this.#messages.scrollTop = this.#messages.scrollHeight;
  }

  async #tap({ id: activityId }, action) {
    this.#say('');
    const outcome = await post('tap', { person: this.#personSelect.value, activityId, action, inputs: {} });
    const sentences = {
      message: () => outcome.text,
      opened: () => `Opens ${outcome.url}`,
      error: () => `Something went wrong: ${outcome.code}. ${outcome.message}`,
      'no-answer': () => 'Something went wrong: the bot does not answer.',
    };
    this.#say(
      sentences[outcome.kind]?.() ?? outcome.error ?? '',
      outcome.kind !== 'message' && outcome.kind !== 'opened',
    );
  }

  #say(text, isError = false) {
    this.#notice.textContent = text;
    this.#notice.classList.toggle('error', isError);
  }
}

async function post(name, body) {
  const response = await fetch(name, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
  return response.json();
}

function select(label, options, chosen) {
  const element = document.createElement('select');
  element.setAttribute('aria-label', label);
  for (const [value, text] of options) element.add(new Option(text, value, false, value === chosen));
  return element;
}

function button(text, onClick) {
  const element = document.createElement('button');
  element.textContent = text;
  element.type = onClick === null ? 'submit' : 'button';
  if (onClick !== null) element.addEventListener('click', onClick);
  return element;
}
