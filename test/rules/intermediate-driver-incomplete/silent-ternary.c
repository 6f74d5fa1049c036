#include <ndis.h>

static NDIS_HANDLE DriverHandle;
static NDIS_HANDLE ProtocolHandle;

// The flag is chosen at run time, and so is whether the edges are joined.
NDIS_STATUS RegisterBoth(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath, BOOLEAN IsLayered)
{
    NDIS_MINIPORT_DRIVER_CHARACTERISTICS miniport;
    NDIS_PROTOCOL_DRIVER_CHARACTERISTICS protocol;
    NDIS_STATUS status;

    FillMiniport(&miniport), FillProtocol(&protocol);
    miniport.Flags = IsLayered ? NDIS_INTERMEDIATE_DRIVER : 0;
    status = NdisMRegisterMiniportDriver(DriverObject, RegistryPath, NULL, &miniport, &DriverHandle);
    if (status != NDIS_STATUS_SUCCESS)
    {
        return status;
    }
    status = NdisRegisterProtocolDriver(NULL, &protocol, &ProtocolHandle);
    if (status != NDIS_STATUS_SUCCESS)
    {
        NdisMDeregisterMiniportDriver(DriverHandle);
        return status;
    }
    if (IsLayered)
    {
        NdisIMAssociateMiniport(DriverHandle, ProtocolHandle);
    }
    return status;
}
