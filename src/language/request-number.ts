/** "request 42", "request number 42", "#42", "요청 42", "42번 요청". */
const spoken = [
  /\b(?:request|top-?up|approval)\s*(?:no\.?|number|nr\.?)?\s*#?\s*(?<number>\d{1,6})(?![\d.,%])/u,
  /(?:요청|승인|충전)\s*(?:번호)?\s*#?\s*(?<number>\d{1,6})(?:번|건|호)?(?![\d.,%원불달])/u,
  /(?<![\d.,])(?<number>\d{1,6})\s*번\s*(?:요청|승인|충전)/u,
  /#(?<number>\d{1,6})(?![\d.,%])/u,
];

/** The number of the request that a question about approvals names; undefined where it names none. */
export function requestNumberOf(text: string): number | undefined {
  for (const pattern of spoken) {
    const number = Number(pattern.exec(text)?.groups?.number ?? 0);
    if (number > 0) return number;
  }
  return undefined;
}
