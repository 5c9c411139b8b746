import type { ReactNode } from "react";
import "./plots.css";

type PlotCardProps = {
  id: string;
  /** Says what is drawn. */
  title: string;
  legend?: ReactNode;
  /** One sentence under the drawing. */
  note?: ReactNode;
  /** The same in words and numbers. */
  table?: ReactNode;
  /** A drawing without a link, which must be reached by keyboard where it scrolls. */
  scrolls?: boolean;
  children: ReactNode;
};

/** A drawing with the table behind it, which opens below it and is printed with it. */
export function PlotCard({ id, title, legend, note, table, scrolls, children }: PlotCardProps) {
  return (
    <figure className="card plot-card" aria-labelledby={id}>
      <header>
        <h2 id={id}>{title}</h2>
        {legend && <span className="legend end">{legend}</span>}
      </header>
      {scrolls ? (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
        <section className="in" aria-label={title} tabIndex={0}>
          {children}
        </section>
      ) : (
        <div className="in">{children}</div>
      )}
      {(note || table) && (
        <div className="plot-foot">
          {table && (
            <details>
              <summary>
                Table<span className="vh">: {title}</span>
              </summary>
              <div className="plot-table">{table}</div>
            </details>
          )}
          {note && <p className="faint">{note}</p>}
        </div>
      )}
    </figure>
  );
}

/** A key of the legend; only for what cannot be labelled directly. */
export const LegendKey = ({ of, children }: { of: string; children: ReactNode }) => (
  <span>
    <i className={`key-${of}`} aria-hidden="true" />
    {children}
  </span>
);
