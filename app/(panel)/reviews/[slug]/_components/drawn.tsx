import "#components/charts/plots.css";

type DrawnProps = {
  className?: string;
  /** What `markup` or `written` made: nobody else's text is in it unescaped. */
  html: string;
};

/** Plots and cards as the one string that they are. */
export const Drawn = ({ className, html }: DrawnProps) => (
  // biome-ignore lint/security/noDangerouslySetInnerHtml: both escape whatever is put into them
  <div className={className} dangerouslySetInnerHTML={{ __html: html }} />
);
