import type { ReactNode } from 'react';
import css from './EditorPage.module.css';

interface Props {
  title: string;
  description: ReactNode;
  /** The way to the page this one belongs to. */
  back?: ReactNode;
  /** Buttons beside the title, and under them what holds for the whole page. */
  actions: ReactNode;
  tools: ReactNode;
  /** What is shown beside the matrix. */
  pane?: ReactNode;
  children: ReactNode;
}

/** A matrix that fills the page, with its tools above and perhaps a pane beside it. */
export function EditorPage({ title, description, back, actions, tools, pane, children }: Props) {
  return (
    <div className={css.page} data-pane={pane ? true : undefined}>
      <div className={css.main}>
        <header className={css.header}>
          {back}
          <div className={css.heading}>
            <h1 className={css.title}>{title}</h1>
            <p className={css.description}>{description}</p>
          </div>
          {actions}
        </header>
        <div className={css.tools}>{tools}</div>
        {children}
      </div>
      {pane}
    </div>
  );
}
