/* Runs in the browser, beside Microsoft's renderer (global `AdaptiveCards`). */

/** Draws the cards below each other, each under its name. */
window.show = ({ cards, hostConfig, colours, width }) => {
  document.body.replaceChildren();
  document.body.style.cssText = `margin:0;padding:12px;width:${width - 24}px;background:${colours.page};color:${colours.subtle}`;
  document.querySelector('style')?.remove();
  document.head.append(styleSheet(colours));
  for (const { name, card } of cards) {
    const label = document.createElement('div');
    label.className = 'name';
    label.textContent = name;
    const frame = document.createElement('div');
    frame.className = 'frame';
    const adaptiveCard = new AdaptiveCards.AdaptiveCard();
    adaptiveCard.hostConfig = new AdaptiveCards.HostConfig(hostConfig);
    adaptiveCard.parse(card);
    frame.append(adaptiveCard.render());
    document.body.append(label, frame);
  }
};

/** What is wrong with what is drawn, in words; an empty list where nothing is. */
window.faults = () => [...wideParts(), ...paleTexts(), ...emptyCards(), ...smallTargets()];

function styleSheet({ page, text, accent, line, emphasis }) {
  const style = document.createElement('style');
  style.textContent = `
    * { box-sizing: border-box }
    .name { font: 11px monospace; margin: 12px 0 4px }
    .frame { border: 1px solid ${line}; border-radius: 8px; overflow: hidden; background: ${page} }
    .ac-pushButton { font: 600 14px 'Segoe UI', 'Noto Sans', 'Noto Sans CJK KR', sans-serif; padding: 6px 12px;
      border: 1px solid ${line}; border-radius: 4px; background: ${page}; color: ${text}; white-space: normal;
      word-break: keep-all; min-height: 32px }
    div:has(> input[type=checkbox]) { min-height: 32px }
    .ac-pushButton.style-positive { background: ${page}; border-color: ${accent} }
    .ac-input { font: 14px 'Segoe UI', 'Noto Sans', 'Noto Sans CJK KR', sans-serif; padding: 6px 8px; width: 100%;
      border: 1px solid ${line}; border-radius: 4px; background: ${emphasis}; color: ${text} }
    .ac-input::placeholder { color: ${text}; opacity: .75 }
    .ac-textBlock, .ac-richTextBlock, .ac-fact-title, .ac-fact-value { word-break: keep-all; overflow-wrap: anywhere }
    .ac-actionSet { flex-wrap: wrap !important; row-gap: 8px }
  `;
  return style;
}

function wideParts() {
  const limit = document.body.getBoundingClientRect().right;
  return [...document.querySelectorAll('.frame *')]
    .filter((element) => {
      const clips =
        element.scrollWidth > element.clientWidth + 1 && getComputedStyle(element).overflow === 'hidden';
      return clips || element.getBoundingClientRect().right > limit + 0.5;
    })
    .map(
      (element) =>
        `does not fit the width: ${element.tagName}.${element.className} "${element.textContent.slice(0, 40)}"`,
    );
}

function paleTexts() {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const found = [];
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (!element.closest('.frame') || walker.currentNode.textContent.trim() === '') continue;
    const ratio = contrast(parseColour(getComputedStyle(element).color), backgroundOf(element));
    if (ratio < 4.5) found.push(`contrast ${ratio.toFixed(2)}: "${element.textContent.slice(0, 40)}"`);
  }
  return found;
}

function emptyCards() {
  return [...document.querySelectorAll('.frame')]
    .filter((frame) => frame.textContent.trim() === '' || frame.getBoundingClientRect().height < 40)
    .map(() => 'a card is empty');
}

/** WCAG 2.2, 2.5.8. */
function smallTargets() {
  return [...document.querySelectorAll('.frame button, .frame input, .frame textarea, .frame select')]
    .filter((element) => {
      // The words beside a tick box are tapped as well.
      const target = element.type === 'checkbox' ? element.parentElement : element;
      const { width, height } = target.getBoundingClientRect();
      return width > 0 && (width < 24 || height < 24);
    })
    .map((element) => `too small to tap: "${element.textContent}"`);
}

function parseColour(text) {
  const [red, green, blue, alpha = 1] = text.match(/[\d.]+/g).map(Number);
  return { red, green, blue, alpha };
}

function backgroundOf(element) {
  for (let at = element; at; at = at.parentElement) {
    const colour = parseColour(getComputedStyle(at).backgroundColor);
    if (colour.alpha === 1) return colour;
  }
  return { red: 255, green: 255, blue: 255, alpha: 1 };
}

/** WCAG 2.2, relative luminance and contrast ratio. */
function contrast(left, right) {
  const luminance = ({ red, green, blue }) => {
    const [r, g, b] = [red, green, blue].map((value) => {
      const share = value / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const [light, dark] = [luminance(left), luminance(right)].sort((one, other) => other - one);
  return (light + 0.05) / (dark + 0.05);
}
