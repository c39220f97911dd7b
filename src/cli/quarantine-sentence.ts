import type { QuarantineRefusal } from '../usage/quarantine.ts';

/** Why nothing was decided upon an item, and what to do. */
export function quarantineSentence({ code, data = {} }: QuarantineRefusal): string {
  switch (code) {
    case 'quarantine-unknown':
      return 'Nothing of that id is in quarantine. "credits quarantine list --all" shows what is.';
    case 'quarantine-closed':
      return `It was decided upon before and is ${data.state}. Nothing is changed.`;
    case 'quarantine-content-cut':
      return 'It is longer than is kept, so it cannot be read from here. Import the usage of that time again, then discard it.';
    case 'quarantine-unreadable':
      return `It still cannot be read: ${data.cause}. It stays in quarantine; discard it where it will never be right.`;
    case 'quarantine-reason-missing':
      return 'Say with --reason why it is given up.';
  }
}
