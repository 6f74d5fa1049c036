#include <ndis.h>

NDIS_STATUS SetRegistrationAttributes(NDIS_HANDLE AdapterHandle, PVOID Context)
{
    NDIS_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES attributes;

    attributes.Header.Type = NDIS_OBJECT_TYPE_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES;
    attributes.Header.Revision = NDIS_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES_REVISION_1;
    attributes.Header.Size = sizeof(attributes);
    attributes.MiniportAdapterContext = Context;
    attributes.AttributeFlags = 0;
    attributes.CheckForHangTimeInSeconds = 4;
    attributes.InterfaceType = NdisInterfacePci;
    return NdisMSetMiniportAttributes(AdapterHandle, (PNDIS_MINIPORT_ADAPTER_ATTRIBUTES)&attributes);
}
