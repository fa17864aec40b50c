export { gitOpsOwner, type GitOpsOwner } from './gitOpsOwner';
export {
  type GitOpsAnnotation,
  namespaceGitOps,
  type NamespaceGitOps,
} from './namespaceGitOps';
