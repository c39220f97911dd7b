import { hostConfigs } from './host-configs.js';
import { markdownToHtml } from './markdown.js';

const { AdaptiveCards } = globalThis;
AdaptiveCards.AdaptiveCard.onProcessMarkdown = (text, result) => {
  result.outputHtml = markdownToHtml(text);
  result.didProcess = true;
};

/** One message as an element; `onAction` is told of the actions that leave the client. */
export function messageView(message, { person, theme, onAction }) {
  const element = document.createElement('article');
  element.className = message.from === null ? 'message' : 'message own';
  element.dataset.id = message.id;
  element.append(byLine(message, person));
  if (message.state === 'deleted') element.append(textView('This message has been deleted.'));
  if (message.text !== '') element.append(textView(message.text));
  for (const card of message.cards) element.append(cardView(card, { theme, onAction }));
  if (message.from === null && message.state !== 'deleted') element.append(detailsView(message));
  return element;
}

function byLine(message, person) {
  const by = document.createElement('div');
  by.className = 'by';
  const time = new Date(message.at).toLocaleTimeString(person.locale, { hour: 'numeric', minute: '2-digit' });
  const notes = [
    message.state === 'edited' ? 'edited' : '',
    message.isOwnCard ? 'only this person sees this card' : '',
  ];
  by.textContent = [message.author, time, ...notes].filter((part) => part !== '').join(' · ');
  return by;
}

function textView(text) {
  const view = document.createElement('div');
  view.className = 'text';
  view.innerHTML = markdownToHtml(text);
  return view;
}

function cardView(json, { theme, onAction }) {
  const view = document.createElement('div');
  view.className = 'card';
  const card = new AdaptiveCards.AdaptiveCard();
  card.hostConfig = new AdaptiveCards.HostConfig(hostConfigs[theme]);
  card.onExecuteAction = (action) => onAction(actionToSend(action));
  card.parse(json);
  const rendered = card.render();
  if (rendered) view.append(rendered);
  else view.textContent = json.fallbackText ?? 'This card cannot be shown.';
  return view;
}

/** With the values of the inputs in its data, where the renderer has put them. */
function actionToSend(action) {
  const json = action.toJSON();
  return json.type === 'Action.OpenUrl' ? json : { ...json, data: action.data ?? {} };
}

function detailsView(message) {
  const details = document.createElement('details');
  const summary = document.createElement('summary');
  summary.textContent = 'Text, speech and JSON';
  details.append(summary);
  const parts = {
    Summary: message.summary,
    Speak: message.speak ?? message.cards[0]?.speak,
    'Fallback text': message.cards[0]?.fallbackText,
    JSON: message.cards.length > 0 ? JSON.stringify(message.cards, null, 2) : null,
  };
  for (const [name, text] of Object.entries(parts)) {
    if (!text) continue;
    const heading = document.createElement('strong');
    heading.textContent = name;
    const content = document.createElement('pre');
    content.textContent = text;
    details.append(heading, content);
  }
  return details;
}
