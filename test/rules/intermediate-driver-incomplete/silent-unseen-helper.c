#include <ndis.h>

NDIS_HANDLE DriverHandle;
NDIS_HANDLE ProtocolHandle;

DRIVER_INITIALIZE DriverEntry;
MINIPORT_UNLOAD MuxUnload;

VOID JoinEdges(VOID);

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_MINIPORT_DRIVER_CHARACTERISTICS miniport;
    NDIS_PROTOCOL_DRIVER_CHARACTERISTICS protocol;
    NDIS_STATUS status;

    FillMiniport(&miniport);
    miniport.UnloadHandler = MuxUnload;
    miniport.Flags = NDIS_INTERMEDIATE_DRIVER;
    FillProtocol(&protocol);
    status = NdisMRegisterMiniportDriver(DriverObject, RegistryPath, NULL, &miniport, &DriverHandle);
    if (status != NDIS_STATUS_SUCCESS) {
        return status;
    }
    status = NdisRegisterProtocolDriver(NULL, &protocol, &ProtocolHandle);
    if (status != NDIS_STATUS_SUCCESS) {
        NdisMDeregisterMiniportDriver(DriverHandle);
        return status;
    }
    JoinEdges();
    return NDIS_STATUS_SUCCESS;
}

VOID MuxUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    NdisDeregisterProtocolDriver(ProtocolHandle);
    NdisMDeregisterMiniportDriver(DriverHandle);
}
