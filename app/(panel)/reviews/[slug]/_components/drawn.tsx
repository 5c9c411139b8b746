import "#components/charts/plots.css";

type DrawnProps = {
  className?: string;
  /** What `markup` made: nobody else's text is in it unescaped. */
  html: string;
};

/** Plots as the one string that they are. */
export const Drawn = ({ className, html }: DrawnProps) => (
  // biome-ignore lint/security/noDangerouslySetInnerHtml: `markup` escapes whatever is put into it
  <div className={className} dangerouslySetInnerHTML={{ __html: html }} />
);
