#include <ndis.h>

// Every handler is set, but the reserved flags between header and handlers are not.
NDIS_STATUS NicSetOptions(NDIS_HANDLE NdisDriverHandle, NDIS_HANDLE DriverContext)
{
    NDIS_MINIPORT_PNP_CHARACTERISTICS pnp;

    UNREFERENCED_PARAMETER(DriverContext);

    pnp.Header.Type = NDIS_OBJECT_TYPE_MINIPORT_PNP_CHARACTERISTICS;
    pnp.Header.Revision = NDIS_MINIPORT_PNP_CHARACTERISTICS_REVISION_1;
    pnp.Header.Size = NDIS_SIZEOF_MINIPORT_PNP_CHARACTERISTICS_REVISION_1;
    pnp.MiniportAddDeviceHandler = NicAddDevice;
    pnp.MiniportRemoveDeviceHandler = NicRemoveDevice;
    pnp.MiniportStartDeviceHandler = NicStartDevice;
    pnp.MiniportFilterResourceRequirementsHandler = NicFilterResourceRequirements;
    return NdisSetOptionalHandlers(NdisDriverHandle, (PNDIS_DRIVER_OPTIONAL_HANDLERS)&pnp);
    //                                               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning structure-not-zeroed: 'pnp' is passed to 'NdisSetOptionalHandlers' without being zeroed; unset members hold stack garbage
}
