#include <ndis.h>

static NDIS_HANDLE DriverHandle;
static NDIS_HANDLE ProtocolHandle;

DRIVER_INITIALIZE DriverEntry;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_MINIPORT_DRIVER_CHARACTERISTICS miniport;
    NDIS_PROTOCOL_DRIVER_CHARACTERISTICS protocol;
    NDIS_STATUS status;

    FillMiniport(&miniport);
    FillProtocol(&protocol);
    status = NdisMRegisterMiniportDriver(DriverObject, RegistryPath, NULL, &miniport, &DriverHandle);
    if (status == NDIS_STATUS_SUCCESS) {
        status = NdisRegisterProtocolDriver(NULL, &protocol, &ProtocolHandle);
        if (status == NDIS_STATUS_SUCCESS) {
            NdisIMAssociateMiniport(DriverHandle, ProtocolHandle);
        }
    }
    return status;
  //^^^^^^^^^^^^^^ warning not-deregistered-on-failure-path: 'DriverEntry' fails here, but 'NdisMRegisterMiniportDriver' (line 16) is still registered
}
