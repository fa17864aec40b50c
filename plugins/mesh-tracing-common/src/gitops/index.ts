export * from './gitOpsOwner';
export * from './namespaceGitOps';
