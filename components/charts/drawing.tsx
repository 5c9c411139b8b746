import type { ReactNode } from "react";

type DrawingProps = {
  id: string;
  /** The drawing in a sentence. */
  alt: string;
  width: number;
  height: number;
  children: ReactNode;
};

/** What is drawn, with its sentence; the links in it are met one by one. */
export function Drawing({ id, alt, width, height, children }: DrawingProps) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be drawn in.
    <svg
      className="plot"
      viewBox={`0 0 ${width} ${height}`}
      role="group"
      aria-labelledby={`${id}-alt`}
    >
      <title id={`${id}-alt`}>{alt}</title>
      {children}
    </svg>
  );
}
