export type Theme = 'light' | 'dark' | 'contrast';

interface Colours {
  readonly page: string;
  readonly text: string;
  readonly subtle: string;
  readonly accent: string;
  readonly emphasis: string;
  readonly line: string;
  readonly good: Meaning;
  readonly warning: Meaning;
  readonly attention: Meaning;
}

interface Meaning {
  readonly background: string;
  readonly text: string;
}

/** The colours of Teams' three themes (Fluent 2 tokens), as far as cards show them. */
export const colours: Readonly<Record<Theme, Colours>> = {
  light: {
    page: '#ffffff',
    text: '#242424',
    subtle: '#616161',
    accent: '#5b5fc7',
    emphasis: '#f5f5f5',
    line: '#d1d1d1',
    good: { background: '#f1faf1', text: '#0e700e' },
    warning: { background: '#fff9f5', text: '#8a3707' },
    attention: { background: '#fdf3f4', text: '#b10e1c' },
  },
  dark: {
    page: '#292929',
    text: '#ffffff',
    subtle: '#adadad',
    accent: '#7f85f5',
    emphasis: '#333333',
    line: '#525252',
    good: { background: '#052505', text: '#9fd89f' },
    warning: { background: '#4a1e04', text: '#fdcfb4' },
    attention: { background: '#3f1011', text: '#eeacb2' },
  },
  contrast: {
    page: '#000000',
    text: '#ffffff',
    subtle: '#ffffff',
    accent: '#ffff00',
    emphasis: '#000000',
    line: '#ffffff',
    good: { background: '#000000', text: '#ffffff' },
    warning: { background: '#000000', text: '#ffffff' },
    attention: { background: '#000000', text: '#ffffff' },
  },
};

/** A host configuration of Microsoft's renderer that comes near to how Teams draws a card. */
export function hostConfig(theme: Theme): object {
  const { page, text, subtle, accent, emphasis, line, ...meanings } = colours[theme];
  const foregroundColors = (own: string) => ({
    default: { default: own, subtle: own === text ? subtle : own },
    accent: { default: accent, subtle: accent },
    good: { default: meanings.good.text, subtle: meanings.good.text },
    warning: { default: meanings.warning.text, subtle: meanings.warning.text },
    attention: { default: meanings.attention.text, subtle: meanings.attention.text },
  });
  const meaning = ({ background, text: own }: Meaning) => ({
    backgroundColor: background,
    borderColor: own,
    foregroundColors: foregroundColors(own),
  });
  return {
    supportsInteractivity: true,
    fontFamily: "'Segoe UI', 'Noto Sans', 'Noto Sans CJK KR', system-ui, sans-serif",
    fontSizes: { small: 12, default: 14, medium: 16, large: 18, extraLarge: 24 },
    lineHeights: { small: 16, default: 20, medium: 22, large: 24, extraLarge: 32 },
    fontWeights: { lighter: 300, default: 400, bolder: 600 },
    textStyles: { heading: { size: 'medium', weight: 'bolder', color: 'default', isSubtle: false } },
    textBlock: { headingLevel: 2 },
    spacing: { small: 4, default: 8, medium: 16, large: 20, extraLarge: 28, padding: 12 },
    separator: { lineThickness: 1, lineColor: line },
    containerStyles: {
      default: { backgroundColor: page, foregroundColors: foregroundColors(text) },
      emphasis: { backgroundColor: emphasis, foregroundColors: foregroundColors(text) },
      good: meaning(meanings.good),
      warning: meaning(meanings.warning),
      attention: meaning(meanings.attention),
    },
    actions: {
      maxActions: 6,
      spacing: 'medium',
      buttonSpacing: 8,
      showCard: { actionMode: 'inline', inlineTopMargin: 12, style: 'emphasis' },
      actionsOrientation: 'horizontal',
      actionAlignment: 'left',
    },
    factSet: {
      title: { size: 'default', weight: 'bolder', wrap: true, maxWidth: 150 },
      value: { size: 'default', weight: 'default', wrap: true },
      spacing: 12,
    },
    inputs: { label: { requiredInputs: { suffix: ' *', suffixColor: 'attention' } } },
  };
}
