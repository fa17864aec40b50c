import styles from './readable.module.css';

/**
 * Class of everything that we put onto a page: content and dialogs. It gives
 * secondary text enough contrast in every theme.
 */
export const READABLE = styles.readable ?? '';
