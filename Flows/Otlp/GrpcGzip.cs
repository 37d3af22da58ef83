using System.IO.Compression;
using Grpc.Core;
using Grpc.Net.Compression;

namespace Flows.Otlp;

/// <summary>Gzip for gRPC. With gRPC's own provider, bytes that are not gzip are answered as a fault of the server (UNKNOWN).</summary>
public sealed class GrpcGzip : ICompressionProvider
{
    public string EncodingName => "gzip";

    public Stream CreateCompressionStream(Stream stream, CompressionLevel? compressionLevel) =>
        new GZipStream(stream, compressionLevel ?? CompressionLevel.Fastest, leaveOpen: true);

    public Stream CreateDecompressionStream(Stream stream) => new Decompression(stream);

    private sealed class Decompression(Stream stream) : GZipStream(stream, CompressionMode.Decompress, leaveOpen: true)
    {
        public override int Read(byte[] buffer, int offset, int count)
        {
            try
            {
                return base.Read(buffer, offset, count);
            }
            catch (InvalidDataException exception)
            {
                throw new RpcException(
                    new Status(StatusCode.InvalidArgument, $"The message cannot be decompressed: {exception.Message}"));
            }
        }
    }
}
