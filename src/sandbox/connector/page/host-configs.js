/** Host configurations near those of Teams: the same sizes, spacings and colours of each theme. */
export const hostConfigs = {
  light: hostConfig({
    surface: '#ffffff',
    emphasis: '#f5f5f5',
    text: ['#242424', '#616161'],
    accent: ['#4f52b2', '#4f52b2'],
    good: ['#0e700e', '#0e700e'],
    warning: ['#835c00', '#835c00'],
    attention: ['#b10e1c', '#b10e1c'],
    tints: { good: '#f1faf1', warning: '#fffbf0', attention: '#fdf3f4', accent: '#f0f0fa' },
    line: '#e0e0e0',
  }),
  dark: hostConfig({
    surface: '#292929',
    emphasis: '#333333',
    text: ['#ffffff', '#adadad'],
    accent: ['#9ea2ff', '#9ea2ff'],
    good: ['#92c353', '#92c353'],
    warning: ['#f8d22a', '#f8d22a'],
    attention: ['#f1707b', '#f1707b'],
    tints: { good: '#0f2a0f', warning: '#3d2f00', attention: '#3b0509', accent: '#2b2b40' },
    line: '#525252',
  }),
  contrast: hostConfig({
    surface: '#000000',
    emphasis: '#000000',
    text: ['#ffffff', '#ffffff'],
    accent: ['#1aebff', '#1aebff'],
    good: ['#3ff23f', '#3ff23f'],
    warning: ['#ffff01', '#ffff01'],
    attention: ['#ffff01', '#ffff01'],
    tints: { good: '#000000', warning: '#000000', attention: '#000000', accent: '#000000' },
    line: '#ffffff',
  }),
};

function hostConfig(theme) {
  const foregroundColors = foreground(theme);
  const style = (backgroundColor) => ({ backgroundColor, foregroundColors });
  return {
    fontFamily: '"Segoe UI", "Noto Sans", "Noto Sans CJK KR", "Malgun Gothic", sans-serif',
    fontSizes: { small: 12, default: 14, medium: 14, large: 18, extraLarge: 24 },
    fontWeights: { lighter: 300, default: 400, bolder: 600 },
    lineHeights: { small: 16, default: 20, medium: 20, large: 24, extraLarge: 32 },
    spacing: { small: 8, default: 12, medium: 16, large: 20, extraLarge: 24, padding: 16 },
    separator: { lineThickness: 1, lineColor: theme.line },
    supportsInteractivity: true,
    containerStyles: {
      default: style(theme.surface),
      emphasis: style(theme.emphasis),
      good: style(theme.tints.good),
      warning: style(theme.tints.warning),
      attention: style(theme.tints.attention),
      accent: style(theme.tints.accent),
    },
    actions: {
      maxActions: 6,
      spacing: 'default',
      buttonSpacing: 8,
      actionsOrientation: 'horizontal',
      actionAlignment: 'left',
      showCard: { actionMode: 'inline', inlineTopMargin: 12, style: 'emphasis' },
    },
    inputs: {
      label: { requiredInputs: { size: 'default' }, optionalInputs: { size: 'default' } },
      errorMessage: { color: 'attention', size: 'small' },
    },
    factSet: { title: { weight: 'bolder', wrap: true, maxWidth: 160 }, value: { wrap: true }, spacing: 12 },
  };
}

function foreground({ text, accent, good, warning, attention }) {
  const pair = ([standard, subtle]) => ({ default: standard, subtle });
  return {
    default: pair(text),
    dark: pair(text),
    light: pair(text),
    accent: pair(accent),
    good: pair(good),
    warning: pair(warning),
    attention: pair(attention),
  };
}
