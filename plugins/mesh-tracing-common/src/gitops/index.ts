export * from './gitOpsOwner';
