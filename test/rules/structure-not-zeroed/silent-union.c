#include <ndis.h>

// One arm of the union is in use, and all of it is set.
NDIS_STATUS NicAddDevice(NDIS_HANDLE MiniportAdapterHandle, NDIS_HANDLE MiniportDriverContext)
{
    NDIS_MINIPORT_ADAPTER_ATTRIBUTES attributes;

    attributes.AddDeviceRegistrationAttributes.Header.Type = NDIS_OBJECT_TYPE_MINIPORT_ADD_DEVICE_REGISTRATION_ATTRIBUTES;
    attributes.AddDeviceRegistrationAttributes.Header.Revision = 1;
    attributes.AddDeviceRegistrationAttributes.Header.Size = sizeof(attributes.AddDeviceRegistrationAttributes);
    attributes.AddDeviceRegistrationAttributes.MiniportAddDeviceContext = MiniportDriverContext;
    attributes.AddDeviceRegistrationAttributes.Flags = 0;
    return NdisMSetMiniportAttributes(MiniportAdapterHandle, &attributes);
}
