/** Counts beyond it are not counted: "99+". */
const most = 99;

export const bounded = (n: number): string => (n > most ? `${most}+` : String(n));
