export { HistoryList } from './HistoryList';
export {
  useHistoryPages,
  type HistoryPages,
  type PageOfHistory,
} from './useHistoryPages';
