// Answers every call with so many bytes: gRPC C++ with its asynchronous interface, which is its fastest.
//
//   grpc-server --port-file FILE --reply-bytes N
#include <getopt.h>
#include <grpcpp/grpcpp.h>

#include <cstdlib>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "echo.grpc.pb.h"
#include "measure.h"

namespace {

// Calls that are waited for on each thread's queue; each is renewed when it is taken.
constexpr int waiting = 128;

class Call {
 public:
  Call(peers::Echo::AsyncService &service, grpc::ServerCompletionQueue &queue,
       const peers::Words &reply)
      : service_(service), queue_(queue), reply_(reply), responder_(&context_) {
    service_.RequestSay(&context_, &request_, &responder_, &queue_, &queue_, this);
  }

  void proceed() {
    if (answered_) {
      delete this;
      return;
    }
    answered_ = true;
    new Call(service_, queue_, reply_);
    responder_.Finish(reply_, grpc::Status::OK, this);
  }

 private:
  peers::Echo::AsyncService &service_;
  grpc::ServerCompletionQueue &queue_;
  const peers::Words &reply_;
  grpc::ServerContext context_;
  peers::Words request_;
  grpc::ServerAsyncResponseWriter<peers::Words> responder_;
  bool answered_ = false;
};

void serve(peers::Echo::AsyncService &service, grpc::ServerCompletionQueue &queue,
           const peers::Words &reply) {
  for (int place = 0; place < waiting; place++) new Call(service, queue, reply);
  void *call = nullptr;
  for (bool is_whole = false; queue.Next(&call, &is_whole);) {
    if (is_whole)
      static_cast<Call *>(call)->proceed();
    else
      delete static_cast<Call *>(call);
  }
}

void write_port(const char *path, int port) {
  FILE *file = fopen(path, "w");
  if (file == nullptr) give_up("cannot write %s", path);
  fprintf(file, "%d\n", port);
  fclose(file);
}

}  // namespace

int main(int count, char **arguments) {
  const option options[] = {{"port-file", required_argument, nullptr, 'p'},
                            {"reply-bytes", required_argument, nullptr, 'b'},
                            {nullptr, 0, nullptr, 0}};
  const char *port_file = nullptr;
  size_t reply_bytes = 0;
  for (int found; (found = getopt_long(count, arguments, "", options, nullptr)) != -1;) {
    if (found == 'p') port_file = optarg;
    if (found == 'b') reply_bytes = static_cast<size_t>(atol(optarg));
  }
  if (port_file == nullptr || reply_bytes == 0) give_up("--port-file and --reply-bytes are needed");

  peers::Words reply;
  reply.set_words(std::string(reply_bytes, 's'));
  peers::Echo::AsyncService service;
  grpc::ServerBuilder builder;
  int port = 0;
  builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(), &port);
  builder.RegisterService(&service);
  // One thread a core, as Seduta has.
  std::vector<std::unique_ptr<grpc::ServerCompletionQueue>> queues;
  for (unsigned core = 0; core < std::thread::hardware_concurrency(); core++)
    queues.push_back(builder.AddCompletionQueue());
  const std::unique_ptr<grpc::Server> server = builder.BuildAndStart();
  if (server == nullptr) give_up("cannot listen");
  write_port(port_file, port);
  std::vector<std::thread> threads;
  for (const auto &queue : queues)
    threads.emplace_back([&service, &queue, &reply] { serve(service, *queue, reply); });
  for (std::thread &thread : threads) thread.join();
}
