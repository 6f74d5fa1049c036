#include <ndis.h>

static NDIS_HANDLE MiniportHandle;
static NDIS_HANDLE ProtocolHandle;

DRIVER_INITIALIZE DriverEntry;
MINIPORT_UNLOAD MuxUnload;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_MINIPORT_DRIVER_CHARACTERISTICS miniport;
    NDIS_PROTOCOL_DRIVER_CHARACTERISTICS protocol;
    NDIS_STATUS status;

    FillMiniport(&miniport);
    miniport.UnloadHandler = MuxUnload;
    status = NdisMRegisterMiniportDriver(DriverObject, RegistryPath, NULL, &miniport, &MiniportHandle);
    if (status != NDIS_STATUS_SUCCESS) {
        return status;
    }
    FillProtocol(&protocol);
    status = NdisRegisterProtocolDriver(NULL, &protocol, &ProtocolHandle);
    if (status != NDIS_STATUS_SUCCESS) {
        NdisMDeregisterMiniportDriver(MiniportHandle);
    }
    return status;
}

VOID MuxUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    NdisDeregisterProtocolDriver(ProtocolHandle);
    NdisMDeregisterMiniportDriver(MiniportHandle);
}
