const firstSyllable = 0xac00;
const lastSyllable = 0xd7a3;
const vowels = 21;
const finals = 28;

/** A Hangul text letter by letter, so that 잔엑 is one edit from 잔액; what is not a syllable stays as it is. */
export function toJamo(text: string): string {
  let letters = '';
  for (const character of text) {
    const code = character.charCodeAt(0);
    if (code < firstSyllable || code > lastSyllable) {
      letters += character;
      continue;
    }
    const index = code - firstSyllable;
    letters += String.fromCharCode(0x1100 + Math.floor(index / (vowels * finals)));
    letters += String.fromCharCode(0x1161 + (Math.floor(index / finals) % vowels));
    if (index % finals !== 0) letters += String.fromCharCode(0x11a7 + (index % finals));
  }
  return letters;
}
