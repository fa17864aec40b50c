export interface Config {
  auth?: {
    providers?: {
      /** Demo users to switch between. Never for production: there is no password. */
      demo?: {
        users?: Array<{
          entityRef: string;
          title: string;
          description: string;
        }>;
      };
    };
  };
}
