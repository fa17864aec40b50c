import type { LoggerService } from '@backstage/backend-plugin-api';
import type { MeshReadProblem } from 'backstage-plugin-mesh-tracing-node';

/** Logs what can't be read of a cluster, and nothing more until the problems change. */
export class ProblemLog {
  readonly #cluster: string;
  readonly #logger: LoggerService;
  #told = '';

  static create(cluster: string, logger: LoggerService): ProblemLog {
    return new ProblemLog(cluster, logger);
  }

  private constructor(cluster: string, logger: LoggerService) {
    this.#cluster = cluster;
    this.#logger = logger;
  }

  tell(problems: MeshReadProblem[]): void {
    const text = problems
      .map(({ message, whatToDo }) => `${message} ${whatToDo}`)
      .join('\n');
    if (text === this.#told) {
      return;
    }
    this.#told = text;
    if (text) {
      this.#logger.warn(text);
    } else {
      this.#logger.info(`Cluster '${this.#cluster}' can be read again`);
    }
  }
}
