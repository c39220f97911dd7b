/** A button of `execute.json`; its data is ids and what was typed, and is believed in nothing else. */
export interface ActionView {
  readonly title: string;
  readonly verb: string;
  readonly style: 'default' | 'positive' | 'destructive';
  readonly data: object;
  /** The same for clients that know no verbs. */
  readonly submitData: object;
}

interface Button extends Omit<ActionView, 'submitData' | 'style'> {
  readonly style?: ActionView['style'];
}

export function action({ title, verb, data, style = 'default' }: Button): ActionView {
  return { title, verb, style, data, submitData: { verb, ...data } };
}
