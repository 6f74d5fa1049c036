//- entry.c
#include "mux.h"

NDIS_HANDLE DriverHandle;
NDIS_HANDLE ProtocolHandle;

DRIVER_INITIALIZE DriverEntry;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_MINIPORT_DRIVER_CHARACTERISTICS miniport;
    NDIS_PROTOCOL_DRIVER_CHARACTERISTICS protocol;
    NDIS_STATUS status;

    FillMiniport(&miniport);
    miniport.UnloadHandler = MuxUnload;
    status = NdisMRegisterMiniportDriver(DriverObject, RegistryPath, NULL, &miniport, &DriverHandle);
    //       ^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning never-deregistered: 'MuxUnload' does not call 'NdisMDeregisterMiniportDriver' for the handle in 'DriverHandle'
    if (status != NDIS_STATUS_SUCCESS) {
        return status;
    }
    FillProtocol(&protocol);
    status = NdisRegisterProtocolDriver(NULL, &protocol, &ProtocolHandle);
    //       ^^^^^^^^^^^^^^^^^^^^^^^^^^ warning never-deregistered: nothing calls 'NdisDeregisterProtocolDriver' for the handle in 'ProtocolHandle'
    if (status != NDIS_STATUS_SUCCESS) {
        NdisMDeregisterMiniportDriver(DriverHandle);
    }
    return status;
}
//- mux.h
#include <ndis.h>
extern NDIS_HANDLE DriverHandle;
extern NDIS_HANDLE ProtocolHandle;
MINIPORT_UNLOAD MuxUnload;
//- unload.c
#include "mux.h"

MINIPORT_UNLOAD MuxUnload;

VOID MuxUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    DbgPrint("unloaded\n");
}
